import { Injectable } from '@nestjs/common';
import { Dispatcher } from './dispatcher.service.js';
import { FeedsService } from './feeds.service.js';
import { JoiningService } from './joining.service.js';
import { MovingService } from './moving.service.js';
import { PresenceService } from './presence.service.js';
import { ResumingService } from './resuming.service.js';

/** What every client socket works with. */
@Injectable()
export class SocketServices {
  constructor(
    readonly joining: JoiningService,
    readonly resuming: ResumingService,
    readonly dispatcher: Dispatcher,
    readonly presence: PresenceService,
    readonly feeds: FeedsService,
    readonly moving: MovingService,
  ) {}
}
