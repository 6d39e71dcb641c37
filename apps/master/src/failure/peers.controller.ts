import { NodeRegistry } from '@evercall/cluster';
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

/** What masters tell each other directly, also while the shared state stalls. */
@UseGuards(BasicAuthGuard)
@Controller('cluster/peers')
export class PeersController implements BeforeApplicationShutdown {
  readonly #watchers = new Set<Response>();

  constructor(
    private readonly registry: NodeRegistry,
    private readonly detector: FailureDetector,
  ) {}

  /** Who there is, and how late each one's heartbeat is in ms. */
  @Get()
  async list() {
    return (await this.registry.list()).map(({ record, lateMs }) => ({ ...record, lateMs }));
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
  async lost(@Param('id') id: string): Promise<void> {
    await this.detector.suspect(id);
  }

  beforeApplicationShutdown(): void {
    for (const response of this.#watchers) response.end();
  }
}
