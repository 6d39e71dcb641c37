import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { MovingModule } from '../moving/moving.module.js';
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
import { RescueReports } from './rescue-reports.service.js';
import { Rescuer } from './rescuer.service.js';

/** Dead nodes: found out, declared lost once, and what hung on them carried on. */
@Module({
  imports: [MediaModule, MovingModule, SessionsModule, RestModule],
  controllers: [PeersController],
  providers: [
    FailureDetector,
    KnownNodes,
    LossWorker,
    LossesService,
    MediaWatch,
    PeerLinksService,
    PeerNews,
    RescueReports,
    Rescuer,
  ],
  exports: [FailureDetector],
})
export class FailureModule {}
