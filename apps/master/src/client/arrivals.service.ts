import type { Params, Result } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { FailureDetector } from '../failure/failure-detector.service.js';
import { MetricsService } from '../metrics/metrics.service.js';
import type { ResumeOutcome } from '../metrics/recovery-metrics.js';
import { RequestError } from '../request-error.js';
import { AdmissionService } from './admission.service.js';
import type { Door, Welcome } from './door.js';
import { JoiningService } from './joining.service.js';
import { ResumingService } from './resuming.service.js';

/** Those who come in, for the first time or again: not too many at once, and measured. */
@Injectable()
export class ArrivalsService {
  constructor(
    private readonly admission: AdmissionService,
    private readonly joining: JoiningService,
    private readonly resuming: ResumingService,
    private readonly detector: FailureDetector,
    private readonly metrics: MetricsService,
  ) {}

  /** @throws RequestError `RATE_LIMITED`; what {@link JoiningService.connect} throws */
  async connect(
    params: Params<'connect'>,
    requestId: string,
    door: Door,
  ): Promise<Welcome<Result<'connect'>>> {
    return this.admission.admit('join', async () => this.joining.connect(params, requestId, door));
  }

  /** @throws RequestError `RATE_LIMITED`; what {@link ResumingService.resume} throws */
  async resume(params: Params<'resume'>, door: Door): Promise<Welcome<Result<'resume'>>> {
    const { lostMasterId, awayMs } = params;
    // What a client says of a master is a reason to look, no more.
    const looked = lostMasterId ? this.detector.suspect(lostMasterId) : undefined;
    const { recovery } = this.metrics;
    try {
      const welcome = await this.admission.admit('resume', async () => this.resuming.resume(params, door));
      recovery.resumed(welcome.result.media ? 'newMedia' : 'mediaKept');
      if (awayMs !== undefined) {
        void looked?.then((isDead) =>
          recovery.signallingInterrupted(isDead ? 'master' : 'connection', awayMs),
        );
        if (!looked) recovery.signallingInterrupted('connection', awayMs);
      }
      return welcome;
    } catch (error) {
      recovery.resumed(outcomeOf(error));
      throw error;
    }
  }
}

function outcomeOf(error: unknown): ResumeOutcome {
  if (!(error instanceof RequestError)) return 'failed';
  if (error.code === 'RATE_LIMITED') return 'sentAway';
  return error.code === 'CONNECTION_ENDED' ? 'ended' : 'failed';
}
