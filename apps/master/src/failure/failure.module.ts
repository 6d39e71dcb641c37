import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { RestModule } from '../rest/rest.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { FailureDetector } from './failure-detector.service.js';
import { KnownNodes } from './known-nodes.js';
import { LossWorker } from './loss-worker.service.js';
import { LossesService } from './losses.service.js';
import { MediaWatch } from './media-watch.service.js';
import { PeerLinksService } from './peer-links.service.js';
import { PeerNews } from './peer-news.service.js';
import { PeersController } from './peers.controller.js';

/** Dead nodes: found out, declared lost once, and what hung on them carried on. */
@Module({
  imports: [MediaModule, SessionsModule, RestModule],
  controllers: [PeersController],
  providers: [FailureDetector, KnownNodes, LossWorker, LossesService, MediaWatch, PeerLinksService, PeerNews],
})
export class FailureModule {}
