import type { SessionProperties } from '@evercall/protocol';
import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { SurroundingsService } from '../node/surroundings.service.js';
import type { MutationKey } from '../sessions/session-changer.js';
import type { SessionView } from '../sessions/session-view.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { BasicAuthGuard } from './basic-auth.guard.js';
import { sessionProperties } from './bodies.js';
import { JsonBody } from './json-body.js';
import { mutationKey, parseSessionId } from './parse.js';
import { RestError } from './rest-error.js';
import { listJson, sessionJson } from './views/session-json.js';

/** Sessions (contract 1.1). */
@UseGuards(BasicAuthGuard)
@Controller('openvidu/api/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  @Post()
  @HttpCode(200)
  async create(@JsonBody() body: unknown, @Req() request: Request) {
    const properties = sessionProperties(body, this.surroundings.config);
    const made = await this.#make(properties, mutationKey(request));
    if (made === 'exists') throw new RestError(409);
    return this.#json(made, false);
  }

  @Get()
  async list(@Query('pendingConnections') pending: unknown) {
    return listJson((await this.sessions.list()).map((view) => this.#json(view, pending === 'true')));
  }

  @Get(':id')
  async get(@Param('id') id: string, @Query('pendingConnections') pending: unknown) {
    const sessionId = parseSessionId(id);
    const view = sessionId && (await this.sessions.get(sessionId));
    if (!view) throw new RestError(404);
    return this.#json(view, pending === 'true');
  }

  @Delete(':id')
  @HttpCode(204)
  async close(@Param('id') id: string, @Req() request: Request): Promise<void> {
    const sessionId = parseSessionId(id);
    if (!sessionId) throw new RestError(404);
    const mutation = mutationKey(request);
    await this.sessions.once(mutation, async () => {
      await this.sessions.close(sessionId, mutation);
      return true;
    });
  }

  /**
   * A repetition that runs beside the first request finds the session in use before it finds what was made under
   * its key. Session and answer are stored in one step, so asked once more it gets the first one's answer.
   */
  async #make(properties: SessionProperties, mutation?: MutationKey): Promise<SessionView | 'exists'> {
    const made = await this.sessions.create(properties, mutation);
    return made === 'exists' && mutation ? this.sessions.create(properties, mutation) : made;
  }

  #json(view: SessionView, pendingConnections: boolean) {
    return sessionJson(view, { pendingConnections, publicUrl: this.surroundings.config.PUBLIC_URL });
  }
}
