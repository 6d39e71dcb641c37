import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { RestModule } from '../rest/rest.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { FailureDetector } from './failure-detector.service.js';
import { LossWorker } from './loss-worker.service.js';
import { LossesService } from './losses.service.js';
import { MediaWatch } from './media-watch.service.js';
import { PeerLinksService } from './peer-links.service.js';
import { PeersController } from './peers.controller.js';

/** Dead nodes: found out, declared lost once, and what hung on them carried on. */
@Module({
  imports: [MediaModule, SessionsModule, RestModule],
  controllers: [PeersController],
  providers: [FailureDetector, LossWorker, LossesService, MediaWatch, PeerLinksService],
})
export class FailureModule {}
