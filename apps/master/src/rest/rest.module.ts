import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { MediaModule } from '../media/media.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { BasicAuthGuard } from './basic-auth.guard.js';
import { ConnectionsController } from './connections.controller.js';
import { PlatformController } from './platform.controller.js';
import { RestErrorFilter } from './rest-error.filter.js';
import { SessionsController } from './sessions.controller.js';
import { SignalsController } from './signals.controller.js';

/** OpenVidu 2's REST API. The last controller answers what no other does. */
@Module({
  imports: [SessionsModule, MediaModule],
  controllers: [SessionsController, ConnectionsController, SignalsController, PlatformController],
  providers: [BasicAuthGuard, { provide: APP_FILTER, useClass: RestErrorFilter }],
  exports: [BasicAuthGuard],
})
export class RestModule {}
