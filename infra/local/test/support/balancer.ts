import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, type SpawnedNode, spawnNode } from '@evercall/testing';
import { renderHaproxyConfig } from '../../../haproxy/render.ts';

/** How a request through the load balancer ended: its status and who answered, or that the connection broke. */
export type Outcome = { status: number; by: string } | 'broken';

/** HAProxy as a process, with a real configuration. */
export interface Balancer extends AsyncDisposable {
  port: number;
  /** Everything it has written. */
  output(): string;
  /** The requests that it has logged. */
  requests(): { status: number; path: string; server: string; method: string }[];
  /** The last it said of a server, if anything. */
  said(name: string): 'UP' | 'DOWN' | undefined;
  exited: Promise<number | null>;
}

/** Runs HAProxy with `args` on a configuration; it doesn't have to succeed. */
export function runHaproxy(args: readonly string[], config: string, port = 0): Balancer {
  const dir = mkdtempSync(join(tmpdir(), 'evercall-haproxy-'));
  const file = join(dir, 'haproxy.cfg');
  writeFileSync(file, config);
  const child = spawn('haproxy', [...args, '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
  return {
    port,
    exited,
    output: () => output,
    requests: () =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line) => JSON.parse(line)),
    said: (name) => {
      const states = [...output.matchAll(new RegExp(`^Server masters/${name} is (UP|DOWN)`, 'gm'))];
      return states.at(-1)?.[1] as 'UP' | 'DOWN' | undefined;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A stand-in for a master, in a process of its own. */
export interface StandIn extends SpawnedNode {
  name: string;
  host: string;
  port: number;
}

export async function startStandIn(name: string): Promise<StandIn> {
  const port = await freePort();
  const node = await spawnNode({
    entry: join(import.meta.dirname, 'stand-in-master.mjs'),
    env: { NODE_NAME: name, PORT: `${port}` },
    readyUrl: `http://127.0.0.1:${port}/health/ready`,
  });
  return { ...node, name, host: '127.0.0.1', port };
}

/** Starts HAProxy in front of these masters, and of as many empty places. */
export async function startBalancer(
  masters: readonly { name: string; host: string; port: number }[],
  places = masters.length,
): Promise<Balancer> {
  const empty = await Promise.all(
    Array.from({ length: places - masters.length }, async (_, index) => ({
      name: `empty-${index + 1}`,
      host: '127.0.0.1',
      port: await freePort(),
    })),
  );
  const port = await freePort();
  const config = renderHaproxyConfig({ addresses: ['127.0.0.1'], port, masters: [...empty, ...masters] });
  const balancer = runHaproxy(['-db'], config, port);
  await eventually(async () => (await request(balancer, '/health/ready')) !== 'broken');
  return balancer;
}

/** One request. */
export async function request({ port }: Balancer, path = '/', method = 'GET'): Promise<Outcome> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, by: await response.text() };
  } catch {
    // Refused or reset: which of them depends on the moment.
    return 'broken';
  }
}

/** Clients that ask one request after the other, half of them by POST. */
export class Load {
  readonly outcomes: Outcome[] = [];
  #running = true;
  readonly #clients: Promise<void>[];

  constructor(balancer: Balancer, { clients, path }: { clients: number; path: string }) {
    this.#clients = Array.from({ length: clients }, async (_, index) => {
      while (this.#running) {
        this.outcomes.push(await request(balancer, path, index % 2 === 0 ? 'GET' : 'POST'));
      }
    });
  }

  /** Ends it after everybody was answered, and gives all outcomes. */
  async end(): Promise<Outcome[]> {
    this.#running = false;
    await Promise.all(this.#clients);
    return this.outcomes;
  }
}

/** A socket that was upgraded, as a client's; which master it is on, and when it is closed. */
export function openSocket({ port }: Balancer): Promise<{ by: string; closed: Promise<void>; end(): void }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const closed = new Promise<void>((done) => {
      socket.once('close', () => done());
    });
    socket.once('error', reject);
    socket.once('data', (data: Buffer) => {
      socket.off('error', reject).on('error', () => socket.destroy());
      const by = /x-name: (\S+)/i.exec(data.toString())?.[1] ?? '';
      resolve({ by, closed, end: () => socket.destroy() });
    });
    const key = randomBytes(16).toString('base64');
    const headers = ['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    socket.write(['GET /ws HTTP/1.1', ...headers, `Sec-WebSocket-Key: ${key}`, '', ''].join('\r\n'));
  });
}
