import { type Greeting, type LifeMemory, Reasserter, StateGate } from '@evercall/cluster';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MetricsService } from '../metrics/metrics.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { MirrorService } from './mirror.service.js';

/** Lives that are told side by side. */
const sideBySide = 16;

/** When the shared state came back, maybe with less than it had: tells it what this master remembers. */
@Injectable()
export class ReassertService implements OnModuleInit {
  constructor(
    private readonly mirror: MirrorService,
    private readonly reasserter: Reasserter,
    private readonly state: StateGate,
    private readonly metrics: MetricsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  onModuleInit(): void {
    this.state.onGreeted(async (greeting) => this.#greeted(greeting));
  }

  async #greeted({ epoch, isLossy }: Greeting): Promise<void> {
    if (!isLossy) return;
    const { logger } = this.surroundings;
    const started = performance.now();
    const memories = this.mirror.memories();
    logger.warn({ epoch, lives: memories.length }, 'the shared state is another one; telling what is known');
    const waiting = [...memories];
    const outcomes: string[] = [];
    const work = async () => {
      for (let memory = waiting.pop(); memory; memory = waiting.pop()) {
        outcomes.push(await this.#tell(memory, epoch));
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, work));
    const count = (outcome: string) => outcomes.filter((candidate) => candidate === outcome).length;
    const told = {
      restored: count('restore'),
      buried: count('bury'),
      kept: count('keep'),
      failed: count('failed'),
    };
    this.metrics.reasserted(told);
    logger.info({ epoch, ...told, ms: Math.round(performance.now() - started) }, 'told what is known');
  }

  /** One life after the other may fail: the others must be told all the same. */
  async #tell(memory: LifeMemory, epoch: number): Promise<string> {
    const { logger, clock } = this.surroundings;
    const { sessionId, life } = memory.copy;
    try {
      const outcome = await this.reasserter.assert(memory, clock());
      if (outcome !== 'keep') logger.info({ sessionId, life, epoch, outcome }, 'session told again');
      await this.reasserter.assertSubscriptions(memory);
      return outcome;
    } catch (error) {
      logger.error({ err: error, sessionId, life }, 'a session could not be told again');
      return 'failed';
    }
  }
}
