import { ConnectionId, formatToken } from '@evercall/protocol';
import { Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import type { MutationKey } from '../sessions/session-changer.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { BasicAuthGuard } from './basic-auth.guard.js';
import { CreateToken, SendSignal } from './bodies.js';
import { connectionProperties } from './connections.controller.js';
import { JsonBody } from './json-body.js';
import { mutationKey, parseBody, parseSessionId } from './parse.js';
import { RestError } from './rest-error.js';

/** Signals, and the deprecated way to get a token (contract 1.2, 1.3). */
@UseGuards(BasicAuthGuard)
@Controller('openvidu/api')
export class SignalsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  @Post('signal')
  @HttpCode(200)
  async signal(@JsonBody() body: unknown, @Req() request: Request): Promise<void> {
    const signal = parseBody(SendSignal, body);
    const mutation = mutationKey(request);
    await this.sessions.once(mutation, async () => {
      await this.#send(signal, mutation);
      return true;
    });
  }

  async #send(
    { session, to, type, data }: z.infer<typeof SendSignal>,
    mutation?: MutationKey,
  ): Promise<void> {
    const sessionId = parseSessionId(session);
    const view = sessionId && (await this.sessions.get(sessionId));
    if (!view) throw new RestError(404);
    const receivers = to.map((id) => ConnectionId.safeParse(id));
    const known = receivers.flatMap(({ data: id }) => (id ? [id] : []));
    if (view.state.active === 0 || known.length < to.length) throw new RestError(406);
    try {
      await this.sessions.signal(view.state.record.sessionId, { type, data, to: known }, mutation);
    } catch (error) {
      if (error instanceof RequestError && error.code === 'CONNECTION_NOT_FOUND') throw new RestError(406);
      throw error;
    }
  }

  @Post('tokens')
  @HttpCode(200)
  async token(@JsonBody() body: unknown, @Req() request: Request) {
    const { config, clock } = this.surroundings;
    const parsed = parseBody(CreateToken, body);
    const sessionId = parseSessionId(parsed.session);
    const view = sessionId && (await this.sessions.get(sessionId));
    if (!view) throw new RestError(404);
    const { record } = view.state;
    const properties = connectionProperties(parsed, clock());
    const made = await this.sessions.createConnection(record.sessionId, properties, mutationKey(request));
    const token = formatToken(config.PUBLIC_URL, record.sessionId, made.tokenId);
    return {
      id: token,
      token,
      connectionId: made.connectionId,
      createdAt: made.createdAt,
      session: record.sessionId,
      data: properties.serverData,
      role: made.role,
      record: made.record,
      ...(properties.kurentoOptions ? { kurentoOptions: properties.kurentoOptions } : {}),
    };
  }
}
