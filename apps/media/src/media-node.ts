import { NestFactory } from '@nestjs/core';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { MediaConfig } from './config.js';
import { MasterLinksService } from './control/master-links.service.js';
import { OrphanWatchService } from './control/orphan-watch.service.js';
import { DrainService } from './draining/drain.service.js';
import { LegDirectoryService } from './legs/leg-directory.service.js';
import { logMediasoup } from './mediasoup/create-worker.js';
import { createIdentity, type NodeIdentity, NodeStatus } from './node-identity.js';
import { NestLogger } from './operations/nest-logger.js';
import { RegistrationService } from './registration/registration.service.js';
import { WorkerPoolService } from './workers/worker-pool.service.js';

/** A media node that runs. */
export interface MediaNode {
  readonly identity: NodeIdentity;
  /** Resolves when it has drained, by order or by {@link askToLeave}, and is to be stopped. */
  readonly left: Promise<void>;
  /** Begins to hand its work over; asked again, leaves with whatever it has. */
  askToLeave(): void;
  /** Leaves with whatever it has. */
  leaveAtOnce(): void;
  /** Leaves the cluster and ends everything. May be called again. */
  stop(): Promise<void>;
}

export interface StartOptions {
  config: MediaConfig;
  log: Logger;
  /** Called once when the cluster has declared this node lost, after its workers were ended. */
  onLost: () => void;
}

/** Milliseconds that leaving the cluster may take. */
const deregisterTimeoutMs = 400;

/**
 * Starts a media node in this process.
 *
 * @throws Error when its port is taken or a worker can't be started
 */
export async function startMediaNode({ config, log: parent, onLost }: StartOptions): Promise<MediaNode> {
  const identity = createIdentity();
  const log = parent.child({ mediaNodeId: identity.id });
  logMediasoup(log);
  const fence = async (): Promise<void> => {
    log.error('declared lost by the cluster: workers are ended');
    await app.get(WorkerPoolService).close();
    onLost();
  };
  const app = await NestFactory.create(
    AppModule.register({ config, identity, log, onLost: () => void fence() }),
    { logger: new NestLogger(log), abortOnError: false, forceCloseConnections: true },
  );
  app.useWebSocketAdapter(new IoAdapter(app));
  const status = app.get(NodeStatus);
  const pool = app.get(WorkerPoolService);
  const registration = app.get(RegistrationService);
  const orphans = app.get(OrphanWatchService);
  const drain = app.get(DrainService);

  const end = async (): Promise<void> => {
    status.state = 'terminating';
    log.info('stopping');
    drain.stop();
    orphans.stop();
    await within(deregisterTimeoutMs, registration.stop());
    app.get(MasterLinksService).closeAll();
    app.get(LegDirectoryService).closeAll('stopping');
    await pool.close();
    await app.close();
    log.info('stopped');
  };
  let ending: Promise<void> | undefined;
  const stop = (): Promise<void> => (ending ??= end());

  try {
    // Listens first: who asks meanwhile is told that the node is starting.
    await app.listen(config.PORT, config.HOST);
    await pool.start();
  } catch (error) {
    await stop();
    throw error;
  }
  status.state = 'running';
  orphans.start();
  drain.start();
  registration.start();
  log.info({ url: config.ADVERTISED_URL, workers: pool.size, name: config.NODE_NAME }, 'media node started');
  return {
    identity,
    stop,
    left: drain.left,
    askToLeave: () => drain.askToLeave(),
    leaveAtOnce: () => drain.leaveAtOnce(),
  };
}

/** Waits for a promise that never rejects, but not longer than `ms` milliseconds. */
async function within(ms: number, promise: Promise<void>): Promise<void> {
  const { promise: timeout, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}
