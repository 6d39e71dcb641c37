import { fileURLToPath } from 'node:url';
import { formatToken, type Role, SessionId, type SessionProperties } from '@evercall/protocol';
import {
  eventually,
  freePort,
  type RedisServer,
  type SpawnedNode,
  spawnNode,
  startRedis,
} from '@evercall/testing';
import type { INestApplication } from '@nestjs/common';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { MediaLinksService } from '../../src/media/media-links.service.js';
import { RegistrationService } from '../../src/node/registration.service.js';
import { SessionsService } from '../../src/sessions/sessions.service.js';
import { sessionProperties } from './properties.js';

const masterMain = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const mediaMain = fileURLToPath(new URL('../../../media/dist/main.js', import.meta.url));
export const secret = 'TEST_SECRET';

/** A master in the test's process, on a port of its own. */
export interface TestMaster {
  app: INestApplication;
  url: string;
  sessions: SessionsService;
}

/** Real Redis, real media node processes with real workers, masters in this process. */
export class TestCluster implements AsyncDisposable {
  readonly redis: RedisServer;
  readonly masters: TestMaster[] = [];
  readonly media: (SpawnedNode & { url: string })[] = [];
  readonly #spawned: SpawnedNode[] = [];
  readonly #environment: Record<string, string>;

  private constructor(redis: RedisServer, environment: Record<string, string>) {
    this.redis = redis;
    this.#environment = environment;
  }

  static async start({
    masters = 2,
    media = 1,
    durable = false,
    environment = {},
  }: {
    masters?: number;
    media?: number;
    /** Redis can come back with its data, or with an older copy. */
    durable?: boolean;
    environment?: Record<string, string>;
  } = {}): Promise<TestCluster> {
    const cluster = new TestCluster(await startRedis({ durable }), environment);
    for (let n = 0; n < media; n += 1) await cluster.addMedia();
    for (let n = 0; n < masters; n += 1) await cluster.addMaster();
    return cluster;
  }

  async addMedia(environment: Record<string, string> = {}): Promise<SpawnedNode & { url: string }> {
    const port = await freePort();
    const node = await spawnNode({
      entry: mediaMain,
      env: {
        ...this.#shared(),
        PORT: String(port),
        NODE_NAME: `media-${this.media.length + 1}`,
        MEDIA_WORKERS: '1',
        MEDIA_PORT_BASE: String(await freePort()),
        ...environment,
      },
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
    });
    const made = Object.assign(node, { url: `http://127.0.0.1:${port}` });
    this.media.push(made);
    return made;
  }

  async addMaster(): Promise<TestMaster> {
    const name = `master-${this.masters.length + 1}`;
    const port = await freePort();
    const environment = { ...this.#shared(), ...this.#environment, PORT: String(port), NODE_NAME: name };
    const app = await createApp(readConfig(environment));
    await app.listen(port, '127.0.0.1');
    await app.get(RegistrationService).enter();
    const master = { app, url: `http://127.0.0.1:${port}`, sessions: app.get(SessionsService) };
    this.masters.push(master);
    await eventually(() => {
      const up = app
        .get(MediaLinksService)
        .all()
        .filter(({ capabilities }) => capabilities);
      if (up.length === this.media.length) return;
      throw new Error(`${up.length} of ${this.media.length} media nodes linked`);
    });
    return master;
  }

  /** A master in a process of its own, to be killed. */
  async spawnMaster({ port: wanted }: { port?: number } = {}): Promise<SpawnedNode & { url: string }> {
    const port = wanted ?? (await freePort());
    const url = `http://127.0.0.1:${port}`;
    const environment = {
      ...this.#shared(),
      ...this.#environment,
      PORT: String(port),
      NODE_NAME: 'master-spawned',
    };
    const node = await spawnNode({ entry: masterMain, env: environment, readyUrl: `${url}/health/ready` });
    this.#spawned.push(node);
    return Object.assign(node, { url });
  }

  master(index: number): TestMaster {
    return this.masters[index % this.masters.length]!;
  }

  async createSession(id: string, properties: Partial<SessionProperties> = {}): Promise<void> {
    await this.master(0).sessions.create(sessionProperties(id, properties));
  }

  /** A token for a session, as a backend would get it. */
  async token(
    sessionId: string,
    { role = 'PUBLISHER', serverData = '' }: { role?: Role; serverData?: string } = {},
  ): Promise<string> {
    const id = SessionId.parse(sessionId);
    const { tokenId } = await this.master(1).sessions.createConnection(id, {
      serverData,
      record: true,
      role,
      kurentoOptions: null,
      customIceServers: [],
    });
    return formatToken('http://localhost:4443', id, tokenId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.masters.map(async ({ app }) => app.close()));
    await Promise.all([...this.media, ...this.#spawned].map(async (node) => node[Symbol.asyncDispose]()));
    await this.redis[Symbol.asyncDispose]();
  }

  #shared(): Record<string, string> {
    return {
      REDIS_URL: this.redis.url,
      OPENVIDU_SECRET: secret,
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    };
  }
}
