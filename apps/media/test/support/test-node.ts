import { EventBuffer, freePort } from '@evercall/testing';
import { pino } from 'pino';
import { parseMediaConfig } from '../../src/config.js';
import { type MediaNode, startMediaNode } from '../../src/media-node.js';

export const secret = 'TEST_SECRET';

/** A media node in the test's process, with real workers. */
export interface TestNode extends AsyncDisposable, MediaNode {
  readonly url: string;
  /** Its log, from level info on. */
  readonly log: EventBuffer<LogLine>;
}

/** What an operator reads. */
export interface LogLine {
  msg: string;
  worker?: number;
  workerPid?: number;
  cause?: string;
}

export interface TestNodeOptions {
  env?: Record<string, string>;
  onLost?: () => void;
}

const tries = 5;

/** Environment of a media node on free ports. Nobody listens at its Redis unless the test names one. */
export async function testEnv(env: Record<string, string> = {}): Promise<Record<string, string>> {
  return {
    PORT: `${await freePort()}`,
    MEDIA_PORT_BASE: `${await freePort()}`,
    MEDIA_WORKERS: '1',
    OPENVIDU_SECRET: secret,
    REDIS_URL: 'redis://127.0.0.1:1',
    ...env,
  };
}

export async function startTestNode({ env, onLost = () => {} }: TestNodeOptions = {}): Promise<TestNode> {
  for (let attempt = 1; ; attempt += 1) {
    const config = parseMediaConfig(await testEnv(env));
    const log = new EventBuffer<LogLine>();
    const logger = pino({}, { write: (line: string) => log.push(JSON.parse(line) as LogLine) });
    try {
      const node = await startMediaNode({ config, log: logger, onLost });
      return { ...node, url: config.ADVERTISED_URL, log, [Symbol.asyncDispose]: () => node.stop() };
    } catch (error) {
      // The port after a free one may be taken, and a free one may be taken meanwhile.
      const message = error instanceof Error ? error.message : '';
      if (attempt === tries || !/EADDRINUSE|address already in use/.test(message)) throw error;
    }
  }
}

/** Pid of the worker that was started last at an index. */
export async function nextWorkerPid(node: TestNode, index: number): Promise<number> {
  const line = await node.log.next(({ msg, worker }) => msg === 'worker started' && worker === index);
  return line.workerPid!;
}
