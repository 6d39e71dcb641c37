import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { FleetConfig } from './config.js';
import { NodeLauncher } from './groups/node-launcher.service.js';
import { Reconciler } from './groups/reconciler.service.js';
import { FleetStatus } from './operations/fleet-status.js';
import { NestLogger } from './operations/nest-logger.js';
import { readPlan } from './plan.js';

/** A fleet that runs. */
export interface Fleet {
  /** Lets go of the nodes, which run on for the next fleet. */
  leave(): Promise<void>;
  /** Ends the nodes that it runs, then itself. */
  end(): Promise<void>;
}

/**
 * Starts a fleet in this process.
 *
 * @throws Error when its plan can't be read or its port is taken
 */
export async function startFleet({ config, log }: { config: FleetConfig; log: Logger }): Promise<Fleet> {
  const plan = readPlan(config.FLEET_PLAN);
  const app = await NestFactory.create(AppModule.register({ config, plan, log }), {
    logger: new NestLogger(log),
    abortOnError: false,
    forceCloseConnections: true,
  });
  await app.listen(config.PORT, config.HOST);
  const reconciler = app.get(Reconciler);
  const launcher = app.get(NodeLauncher);
  reconciler.start();
  log.info({ url: await app.getUrl(), plan: plan.id }, 'fleet started');
  const stop = async (what: () => Promise<void> | void): Promise<void> => {
    app.get(FleetStatus).isLeaving = true;
    await Promise.all([reconciler.stop(), what()]);
    await app.close();
  };
  return { leave: () => stop(() => launcher.letGo()), end: () => stop(() => launcher.endAll()) };
}
