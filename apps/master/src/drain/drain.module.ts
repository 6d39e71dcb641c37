import { Module } from '@nestjs/common';
import { ClientModule } from '../client/client.module.js';
import { MovingModule } from '../moving/moving.module.js';
import { RegistrationService } from '../node/registration.service.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { DepartureService } from './departure.service.js';
import { HostHandover } from './host-handover.service.js';
import { SessionEvacuation } from './session-evacuation.service.js';

/** Nodes that leave the cluster: this master, and media nodes whose sessions go elsewhere. */
@Module({
  imports: [ClientModule, MovingModule, SessionsModule],
  providers: [RegistrationService, DepartureService, HostHandover, SessionEvacuation],
})
export class DrainModule {}
