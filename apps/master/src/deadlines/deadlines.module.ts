import { Module } from '@nestjs/common';
import { MediaModule } from '../media/media.module.js';
import { MovingModule } from '../moving/moving.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { DeadlineWorker } from './deadline-worker.service.js';

/** What happens later unless it is taken back. */
@Module({ imports: [SessionsModule, MediaModule, MovingModule], providers: [DeadlineWorker] })
export class DeadlinesModule {}
