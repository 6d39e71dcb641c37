import { ConnectionId, type ConnectionProperties, type SessionId, StreamId } from '@evercall/protocol';
import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { SurroundingsService } from '../node/surroundings.service.js';
import type { SessionView } from '../sessions/session-view.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { BasicAuthGuard } from './basic-auth.guard.js';
import { CreateConnection } from './bodies.js';
import { toIceServers } from './ice-servers.js';
import { JsonBody } from './json-body.js';
import { mutationKey, parseBody, parseSessionId } from './parse.js';
import { RestError } from './rest-error.js';
import { connectionJson } from './views/connection-json.js';
import { listJson } from './views/session-json.js';

/** What a parsed body says about a connection. */
export function connectionProperties(
  body: z.infer<typeof CreateConnection>,
  now: number,
): ConnectionProperties {
  const { data, record, role, kurentoOptions, customIceServers } = body;
  return {
    serverData: data,
    record,
    role,
    kurentoOptions,
    customIceServers: toIceServers(customIceServers, now),
  };
}

/** Connections and streams of a session (contract 1.2, 1.3). */
@UseGuards(BasicAuthGuard)
@Controller('openvidu/api/sessions/:id')
export class ConnectionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /** The session is looked for before the parameters are. */
  @Post('connection')
  @HttpCode(200)
  async create(@Param('id') id: string, @JsonBody() body: unknown, @Req() request: Request) {
    const { sessionId } = (await this.#view(id, 404)).state.record;
    const properties = connectionProperties(parseBody(CreateConnection, body), this.surroundings.clock());
    const connection = await this.sessions.createConnection(sessionId, properties, mutationKey(request));
    return connectionJson(connection, { sessionId, publicUrl: this.surroundings.config.PUBLIC_URL });
  }

  @Get('connection')
  async list(@Param('id') id: string, @Query('pendingConnections') pending: unknown) {
    const view = await this.#view(id, 404);
    const shown = [...view.state.connections.values()].filter(
      ({ status }) => status === 'active' || pending !== 'false',
    );
    return listJson(shown.map((connection) => this.#json(view, connection.connectionId)));
  }

  @Get('connection/:connectionId')
  async get(@Param('id') id: string, @Param('connectionId') connectionId: string) {
    return this.#json(await this.#view(id, 400), connectionId);
  }

  @Delete('connection/:connectionId')
  @HttpCode(204)
  async end(@Param() params: Record<'id' | 'connectionId', string>, @Req() request: Request): Promise<void> {
    const mutation = mutationKey(request);
    const ended = await this.sessions.once(mutation, async () => {
      const sessionId = await this.#sessionId(params.id);
      const { data: connectionId } = ConnectionId.safeParse(params.connectionId);
      if (!connectionId) return false;
      return this.sessions.endConnection({ sessionId, connectionId }, mutation);
    });
    if (!ended) throw new RestError(404);
  }

  @Delete('stream/:streamId')
  @HttpCode(204)
  async endStream(
    @Param() params: Record<'id' | 'streamId', string>,
    @Req() request: Request,
  ): Promise<void> {
    const mutation = mutationKey(request);
    const ended = await this.sessions.once(mutation, async () => {
      const sessionId = await this.#sessionId(params.id);
      const { data: streamId } = StreamId.safeParse(params.streamId);
      return streamId !== undefined && this.sessions.endStream({ sessionId, streamId }, mutation);
    });
    if (!ended) throw new RestError(404);
  }

  async #sessionId(id: string): Promise<SessionId> {
    return (await this.#view(id, 400)).state.record.sessionId;
  }

  /** @throws RestError with the status that this route has for a session that isn't there */
  async #view(id: string, absent: 400 | 404): Promise<SessionView> {
    const sessionId = parseSessionId(id);
    const view = sessionId && (await this.sessions.get(sessionId));
    if (!view) throw new RestError(absent);
    return view;
  }

  #json(view: SessionView, connectionId: string) {
    const parsed = ConnectionId.safeParse(connectionId);
    const connection = parsed.success ? view.state.connections.get(parsed.data) : undefined;
    if (!connection) throw new RestError(404);
    const { sessionId } = view.state.record;
    return connectionJson(connection, { sessionId, publicUrl: this.surroundings.config.PUBLIC_URL, view });
  }
}
