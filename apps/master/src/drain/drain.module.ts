import { Module } from '@nestjs/common';
import { MovingModule } from '../moving/moving.module.js';
import { SessionEvacuation } from './session-evacuation.service.js';

/** Nodes that leave the cluster. */
@Module({ imports: [MovingModule], providers: [SessionEvacuation] })
export class DrainModule {}
