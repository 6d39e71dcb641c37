import { type DynamicModule, Module } from '@nestjs/common';
import { ClientModule } from './client/client.module.js';
import { ClusterApiModule } from './cluster-api/cluster-api.module.js';
import type { MasterConfig } from './config.js';
import { DeadlinesModule } from './deadlines/deadlines.module.js';
import { DrainModule } from './drain/drain.module.js';
import { FailureModule } from './failure/failure.module.js';
import { HealthModule } from './health/health.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { NodeModule } from './node/node.module.js';
import { ReassertModule } from './reassert/reassert.module.js';
import { RestModule } from './rest/rest.module.js';
import { StateModule } from './state/state.module.js';

/** A master node. */
@Module({})
export class AppModule {
  static from(config: MasterConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        NodeModule.from(config),
        StateModule,
        ReassertModule,
        HealthModule,
        MetricsModule,
        ClientModule,
        RestModule,
        DeadlinesModule,
        FailureModule,
        DrainModule,
        ClusterApiModule,
      ],
    };
  }
}
