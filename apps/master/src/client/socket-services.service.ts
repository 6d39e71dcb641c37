import { Injectable } from '@nestjs/common';
import { ArrivalsService } from './arrivals.service.js';
import { Dispatcher } from './dispatcher.service.js';
import { FeedsService } from './feeds.service.js';
import { MovingService } from './moving.service.js';
import { PresenceService } from './presence.service.js';

/** What every client socket works with. */
@Injectable()
export class SocketServices {
  constructor(
    readonly arrivals: ArrivalsService,
    readonly dispatcher: Dispatcher,
    readonly presence: PresenceService,
    readonly feeds: FeedsService,
    readonly moving: MovingService,
  ) {}
}
