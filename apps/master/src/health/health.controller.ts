import { Controller, Get, HttpException } from '@nestjs/common';
import { NodeStateService } from '../node/node-state.js';
import { SurroundingsService } from '../node/surroundings.service.js';

/** What this process says of itself. Nothing here depends on Redis, media nodes or other masters. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly node: NodeStateService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /** The process answers. */
  @Get('live')
  live() {
    const { id, name } = this.surroundings.identity;
    return { status: 'ok', id, role: 'master', name, state: this.node.state };
  }

  /** 200: takes new work; 404: leaves, what runs may stay; 503: starts. */
  @Get('ready')
  ready() {
    const { state } = this.node;
    if (state === 'running') return { status: 'ready' };
    throw new HttpException(state, state === 'launching' ? 503 : 404);
  }
}
