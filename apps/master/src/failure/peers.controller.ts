import {
  type BeforeApplicationShutdown,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { Response } from 'express';
import { BasicAuthGuard } from '../rest/basic-auth.guard.js';
import { FailureDetector } from './failure-detector.service.js';
import { KnownNodes } from './known-nodes.js';

/** What masters tell each other directly, also while the shared state stalls. */
@UseGuards(BasicAuthGuard)
@Controller('cluster/peers')
export class PeersController implements BeforeApplicationShutdown {
  readonly #watchers = new Set<Response>();

  constructor(
    private readonly nodes: KnownNodes,
    private readonly detector: FailureDetector,
  ) {}

  /**
   * Who there is as this master knows it, and who is dead; from memory, so that it is answered also while the shared
   * state is away. `lateMs`: age of the last heartbeat when it was last read, in ms.
   */
  @Get()
  list() {
    const lost = this.nodes.lost();
    const alive = this.nodes.all().filter(({ record }) => !lost.some((loss) => loss.record.id === record.id));
    return [
      ...alive.map(({ record, lateMs }) => ({
        ...record,
        lateMs,
        inDoubt: this.nodes.watch(record.id).inDoubt,
      })),
      ...lost.map(({ record, cause, at }) => ({ ...record, state: 'lost', lost: { cause, at } })),
    ];
  }

  /** An answer that doesn't end: when it does, this master is gone. */
  @Get('watch')
  watch(@Res() response: Response): void {
    this.#watchers.add(response);
    response.once('close', () => this.#watchers.delete(response));
    response.writeHead(200, { 'Content-Type': 'text/plain' }).flushHeaders();
  }

  /** Somebody found a node dead: this master looks for itself. May be repeated. */
  @Post(':id/lost')
  @HttpCode(202)
  lost(@Param('id') id: string): void {
    void this.detector.suspect(id);
  }

  beforeApplicationShutdown(): void {
    for (const response of this.#watchers) response.end();
  }
}
