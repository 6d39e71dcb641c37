import { Module } from '@nestjs/common';
import { FailureModule } from '../failure/failure.module.js';
import { MediaModule } from '../media/media.module.js';
import { MovingModule } from '../moving/moving.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AdmissionService } from './admission.service.js';
import { ArrivalsService } from './arrivals.service.js';
import { ClientGateway } from './client.gateway.js';
import { Dispatcher } from './dispatcher.service.js';
import { FeedsService } from './feeds.service.js';
import { JoiningService } from './joining.service.js';
import { MovingService } from './moving.service.js';
import { PresenceService } from './presence.service.js';
import { ResumeTokens } from './resume-tokens.js';
import { ResumingService } from './resuming.service.js';
import { ResyncingService } from './resyncing.service.js';
import { ServingService } from './serving.service.js';
import { SocketServices } from './socket-services.service.js';
import { SocketsService } from './sockets.service.js';
import { StreamsService } from './streams.service.js';
import { SubscriptionsService } from './subscriptions.service.js';
import { TransportsService } from './transports.service.js';

/** Browsers: sockets, what they ask, and the events they get. */
@Module({
  imports: [FailureModule, SessionsModule, MediaModule, MovingModule],
  providers: [
    AdmissionService,
    ArrivalsService,
    ClientGateway,
    Dispatcher,
    FeedsService,
    JoiningService,
    MovingService,
    PresenceService,
    ResumeTokens,
    ResumingService,
    ResyncingService,
    ServingService,
    SocketServices,
    SocketsService,
    StreamsService,
    SubscriptionsService,
    TransportsService,
  ],
  exports: [SocketsService],
})
export class ClientModule {}
