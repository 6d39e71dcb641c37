import { Global, Module } from '@nestjs/common';
import { MirrorService } from './mirror.service.js';
import { ReassertService } from './reassert.service.js';

/** What is done so that a loss of the shared state's data costs no session: global, because whoever changes something tells. */
@Global()
@Module({ providers: [MirrorService, ReassertService], exports: [MirrorService] })
export class ReassertModule {}
