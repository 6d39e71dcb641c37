import { Global, Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { GhostSweepService } from './ghost-sweep.service.js';
import { MirrorService } from './mirror.service.js';
import { ReassertService } from './reassert.service.js';

/** What this master remembers of its sessions: global, because whoever changes something tells. */
@Global()
@Module({ providers: [MirrorService], exports: [MirrorService] })
export class MirrorModule {}

/** What is done so that a loss of the shared state's data costs no session and leaves no ghosts. */
@Module({ imports: [MirrorModule, SessionsModule], providers: [ReassertService, GhostSweepService] })
export class ReassertModule {}
