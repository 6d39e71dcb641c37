// A node as far as a fleet sees it: registers, says how it is, leaves when it is asked to. NODE_FAILS=1: dies at its start.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedis, NodeRegistry } from '@evercall/cluster';
import { IdFactory } from '@evercall/protocol';
import pino from 'pino';

if (process.env.NODE_FAILS === '1') process.exit(1);
const { NODE_NAME: name, NODE_ROLE: role, REDIS_URL: url } = process.env;
const redis = createRedis(url, pino({ level: 'silent' }));
const registry = new NodeRegistry(redis);
const ids = new IdFactory((length) => randomBytes(length));
const record = {
  schema: 1,
  role,
  id: role === 'master' ? ids.masterId() : ids.mediaNodeId(),
  name,
  url: 'http://127.0.0.1:1',
  pid: process.pid,
  startedAt: Date.now(),
  version: '0',
  state: 'running',
  ...(role === 'media' ? { workers: 1, softCapacity: 1, hardCapacity: 1 } : {}),
};
const load = { cpu: 0, sessions: 0, consumers: 0, producers: 0, connections: 0, workers: [] };
// Something in its process group, as a worker is.
spawn('sleep', ['1000'], { stdio: 'ignore', argv0: 'mediasoup-worker' });
// The shared state may be away for a while.
const beat = () => registry.heartbeat(record, load).catch(() => undefined);
setInterval(() => void beat(), 50);
redis.once('ready', () => void beat());
process.on('SIGINT', () => process.exit(0));
process.on('SIGTERM', () => void leave());

async function leave() {
  record.state = 'terminating';
  await beat();
  await sleep(500);
  await registry.deregister(record.id);
  process.exit(0);
}
