import { NodeRegistry } from '@evercall/cluster';
import { Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { MovesService } from '../moving/moves.service.js';
import { BasicAuthGuard } from '../rest/basic-auth.guard.js';
import { JsonBody } from '../rest/json-body.js';
import { parseBody, parseSessionId } from '../rest/parse.js';
import { RestError } from '../rest/rest-error.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { MoveRequest } from './requests.js';
import { type SessionPlacement, sessionPlacement } from './session-placement.js';

/** Seconds after which a move may be asked for again. */
const retryAfter = { headers: { 'Retry-After': '5' } };

/** Where sessions are, and moves of them. */
@UseGuards(BasicAuthGuard)
@Controller('cluster/api/sessions')
export class SessionPlacementController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly moves: MovesService,
    private readonly registry: NodeRegistry,
  ) {}

  @Get(':id')
  async get(@Param('id') id: string): Promise<SessionPlacement> {
    const sessionId = parseSessionId(id);
    const [view, nodes] = await Promise.all([
      sessionId ? this.sessions.get(sessionId) : undefined,
      this.registry.list(),
    ]);
    if (!view) throw unknownSession(id);
    return sessionPlacement(view.state, new Map(nodes.map(({ record }) => [record.id, record.name])));
  }

  /** Starts a planned move. Nothing happens to a session that is there already. */
  @Post(':id/move')
  @HttpCode(202)
  async move(@Param('id') id: string, @JsonBody() body: unknown): Promise<SessionPlacement> {
    const { mediaNodeId } = parseBody(MoveRequest, body);
    const sessionId = parseSessionId(id);
    const view = sessionId && (await this.sessions.get(sessionId));
    if (!view) throw unknownSession(id);
    const outcome = await this.moves.move(view.state.record, mediaNodeId ? { to: mediaNodeId } : {});
    if (outcome === 'under-way') {
      throw new RestError(409, 'id: the session is on its way already', { field: 'id', ...retryAfter });
    }
    if (outcome === 'no-room') await this.#refuse(mediaNodeId);
    return this.get(id);
  }

  /** @throws RestError 404: there is no such media node; 503: none can take the session now */
  async #refuse(mediaNodeId: string | undefined): Promise<never> {
    const nodes = await this.registry.candidates();
    if (mediaNodeId && !nodes.some(({ record }) => record.id === mediaNodeId)) {
      throw new RestError(404, `mediaNodeId: there is no media node ${mediaNodeId}`, {
        field: 'mediaNodeId',
      });
    }
    const which = mediaNodeId ? `media node ${mediaNodeId}` : 'no other media node';
    const message = mediaNodeId ? `${which} takes no sessions now` : `${which} can take the session now`;
    throw new RestError(503, message, { field: 'mediaNodeId', code: 'NO_MEDIA_NODE', ...retryAfter });
  }
}

function unknownSession(id: string): RestError {
  return new RestError(404, `id: there is no session ${id}`, { field: 'id' });
}
