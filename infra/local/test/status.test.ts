import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeStatus, statusTable } from '../src/commands/status.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function address(body?: string): Promise<string> {
  // Without a body the node is frozen: it takes the connection and says nothing.
  const server = createServer((_request, response) => body !== undefined && response.end(body));
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const record = (url: string, alive = true) => ({
  name: 'master-1',
  pid: 4711,
  startTime: 'boot/1',
  logFile: 'master-1.log',
  alive,
  labels: { role: 'master', address: url },
});

describe('nodeStatus', () => {
  it('takes id and state from the node itself', async () => {
    const live = { status: 'ok', id: 'master_a', role: 'master', name: 'master-1', state: 'draining' };
    const url = await address(JSON.stringify(live));
    await expect(nodeStatus(record(url))).resolves.toEqual({
      name: 'master-1',
      id: 'master_a',
      role: 'master',
      pid: 4711,
      address: url,
      state: 'draining',
      restarts: null,
      inspector: null,
    });
  });

  it('says what the fleet knows: that a node leaves, and how often one died', async () => {
    const url = await address(JSON.stringify({ id: 'master_a', state: 'running' }));
    const slot = { name: 'master-1', role: 'master' as const, pid: 4711, since: 0, restarts: 3, revision: 0 };
    const known = record(url);
    await expect(nodeStatus(known, [{ ...slot, state: 'draining' }])).resolves.toMatchObject({
      state: 'draining',
      restarts: 3,
    });
    await expect(
      nodeStatus({ ...known, alive: false }, [{ ...slot, state: 'backoff' }]),
    ).resolves.toMatchObject({ state: 'backoff', restarts: 3 });
  });

  it('says when the process is gone, without asking whoever has its port now', async () => {
    const url = await address('{"id":"master_b"}');
    await expect(nodeStatus(record(url, false))).resolves.toMatchObject({ id: null, state: 'dead' });
  });

  it('says when a node does not answer within a second, or not like a node', async () => {
    await expect(nodeStatus(record(await address()))).resolves.toMatchObject({ state: 'unreachable' });
    await expect(nodeStatus(record(await address('<html>')))).resolves.toMatchObject({
      state: 'unreachable',
    });
  });
});

describe('statusTable', () => {
  it('aligns the nodes under a heading', async () => {
    const table = statusTable([await nodeStatus(record('http://127.0.0.1:4501', false))]);
    expect(table.split('\n')).toEqual([
      'NAME      ROLE    STATE  RESTARTS  PID   ADDRESS                ID',
      'master-1  master  dead   -         4711  http://127.0.0.1:4501  -',
    ]);
    expect(statusTable([])).toContain('npm start');
  });
});
