import type { LifeRef, MoveCause } from '@evercall/cluster';
import type { MediaNodeId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { MetricsService } from '../metrics/metrics.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import type { LostMedia } from './domain/lost-media.js';

/** Says what became of sessions whose media was gone: to the log and to the metrics. */
@Injectable()
export class RescueReports {
  constructor(
    private readonly metrics: MetricsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  placed(
    { sessionId, life }: LifeRef,
    { lost, cause, mediaNodeId }: { lost: LostMedia; cause: MoveCause; mediaNodeId: MediaNodeId },
  ): void {
    this.metrics.recovery.sessionMoved(cause);
    this.surroundings.logger.info(
      { sessionId, life, generation: lost.generation + 1, from: lost.mediaNodeId, mediaNodeId, cause },
      'session placed anew',
    );
  }

  waits({ sessionId, life }: LifeRef, { generation, mediaNodeId }: LostMedia): void {
    this.surroundings.logger.warn(
      { sessionId, life, generation, mediaNodeId },
      'session waits: no media node has room for it',
    );
  }

  ended({ sessionId, life }: LifeRef, { generation, mediaNodeId }: LostMedia): void {
    this.surroundings.logger.warn(
      { sessionId, life, generation, mediaNodeId },
      'session ended with its media',
    );
  }
}
