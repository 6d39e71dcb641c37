import { NodeGroups, StateRedis } from '@evercall/cluster';
import { Module } from '@nestjs/common';
import { MovingModule } from '../moving/moving.module.js';
import { OpenApiController } from '../openapi/openapi.controller.js';
import { RestModule } from '../rest/rest.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { GroupsController } from './groups.controller.js';
import { NodesController } from './nodes.controller.js';
import { SessionPlacementController } from './sessions.controller.js';

/** The cluster's own REST API, beside OpenVidu's. */
@Module({
  imports: [RestModule, SessionsModule, MovingModule],
  controllers: [NodesController, SessionPlacementController, GroupsController, OpenApiController],
  providers: [
    {
      provide: NodeGroups,
      inject: [StateRedis],
      useFactory: (redis: StateRedis) => new NodeGroups(redis),
    },
  ],
})
export class ClusterApiModule {}
