import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedis, NodeGroups, NodeRegistry, type Slot } from '@evercall/cluster';
import { eventually, freePort, type SpawnedNode, spawnNode, startRedis } from '@evercall/testing';
import pino from 'pino';
import type { FleetPlan } from '../../src/plan.js';
import { readRecords, stopLeftovers } from '../../src/process/index.js';

const root = join(import.meta.dirname, '../..');
export const secret = 'A_SECRET';
export const authorization = `Basic ${btoa(`OPENVIDUAPP:${secret}`)}`;

/** A fleet process. */
export interface RunningFleet extends SpawnedNode {
  url: string;
}

/** A run folder and a Redis, on which fleets of stand-in nodes can be started. */
export async function startGround() {
  const redisServer = await startRedis();
  const dir = mkdtempSync(join(tmpdir(), 'evercall-fleet-'));
  const runDir = join(dir, 'run');
  const redis = createRedis(redisServer.url, pino({ level: 'silent' }));
  await eventually(() => redis.ping());
  const groups = new NodeGroups(redis);
  const slot = (role: 'master' | 'media', n: number, env: Record<string, string>) => ({
    name: `${role}-${n}`,
    command: process.execPath,
    args: [join(root, 'test/support/stand-in-node.mjs')],
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_NAME: `${role}-${n}`,
      NODE_ROLE: role,
      REDIS_URL: redisServer.url,
      ...env,
    },
    labels: { role },
  });
  const alive = () => readRecords(runDir).filter((record) => record.alive);

  return {
    redis: redisServer,
    groups,
    registry: new NodeRegistry(redis),
    runDir,
    /** pid of each node that runs, by name. */
    pids: () => Object.fromEntries(alive().map(({ name, pid }) => [name, pid])),
    /** Waits until these places, and no others, are in these states. */
    settled: (states: Record<string, Slot['state']>) =>
      eventually(
        async () => {
          const slots = await groups.slots();
          const found = Object.fromEntries(slots.map(({ name, state }) => [name, state]));
          const wrong = JSON.stringify(found, Object.keys(found).sort());
          if (wrong !== JSON.stringify(states, Object.keys(states).sort())) throw new Error(wrong);
          return slots;
        },
        { timeoutMs: 15_000 },
      ),
    /** Starts a fleet for two media nodes of three, and as many masters. */
    async fleet(
      env: Record<string, string> = {},
      nodeEnv: Record<string, string> = {},
    ): Promise<RunningFleet> {
      const plan: FleetPlan = {
        id: 'plan-1',
        replace: true,
        groups: [
          { role: 'master', min: 1, desired: 1, slots: [1, 2].map((n) => slot('master', n, {})) },
          { role: 'media', min: 0, desired: 2, slots: [1, 2, 3].map((n) => slot('media', n, nodeEnv)) },
        ],
      };
      const file = join(dir, 'plan.json');
      writeFileSync(file, JSON.stringify(plan));
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const node = await spawnNode({
        entry: join(root, 'dist/main.js'),
        readyUrl: `${url}/health/ready`,
        env: {
          PORT: `${port}`,
          REDIS_URL: redisServer.url,
          OPENVIDU_SECRET: secret,
          FLEET_PLAN: file,
          FLEET_RUN_DIR: runDir,
          FLEET_LOGS_DIR: join(dir, 'logs'),
          ...env,
        },
      });
      return { ...node, url };
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect();
      await stopLeftovers(runDir, { deadlineMs: 1000 });
      await redisServer.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
