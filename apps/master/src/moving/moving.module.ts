import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { MovesService } from './moves.service.js';

/** Sessions that go from one media node to another as planned. */
@Module({ imports: [MediaModule, SessionsModule], providers: [MovesService], exports: [MovesService] })
export class MovingModule {}
