import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { register } from 'prom-client';
import type { TutorialApiConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { ProcessState } from './process-state.js';

/** Answers for this process alone: neither the database nor the platform makes it unhealthy. */
@Controller()
export class HealthController {
  readonly #name: string;
  readonly #state: ProcessState;

  constructor(@Inject(CONFIG) config: TutorialApiConfig, state: ProcessState) {
    this.#name = config.NODE_NAME;
    this.#state = state;
  }

  @Get('health/live')
  live() {
    return { status: 'ok', role: 'tutorial-api', name: this.#name, state: this.#state.current };
  }

  /** 200 takes new work, 404 draining. */
  @Get('health/ready')
  ready(@Res({ passthrough: true }) response: Response) {
    const state = this.#state.current;
    response.status(state === 'running' ? 200 : 404);
    return { status: state };
  }

  @Get('metrics')
  async metrics(@Res() response: Response): Promise<void> {
    const metrics = await register.metrics();
    response.type(register.contentType).send(metrics);
  }
}
