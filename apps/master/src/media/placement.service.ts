import { setTimeout as sleep } from 'node:timers/promises';
import { NodeRegistry, type PlacementLeg, type SessionState } from '@evercall/cluster';
import { Injectable } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { MirrorService } from '../reassert/mirror.service.js';
import { RequestError } from '../request-error.js';
import { chooseMediaNode } from './domain/choose-media-node.js';

/** Milliseconds that a placement counts as a promise, until it shows in the node's load. */
const reserveMs = 5000;
const attempts = 30;
/** Milliseconds after which a client may ask again when there is no room. */
const noRoomRetryMs = 1000;

/** Puts sessions on media nodes. */
@Injectable()
export class PlacementService {
  constructor(
    private readonly registry: NodeRegistry,
    private readonly mirror: MirrorService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * Where the session's media is; placed now if it has no place yet. Of several masters one decides.
   *
   * @throws RequestError `NO_MEDIA_NODE`, `CONNECTION_ENDED` (the session is over), `CONFLICT`
   */
  async placed(state: SessionState): Promise<PlacementLeg> {
    const { sessionId, life, properties } = state.record;
    if (state.placement?.waiting) throw noRoom();
    const first = state.placement?.legs[0];
    if (first) return first;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const wanted = properties.mediaNodeId;
      const choice = chooseMediaNode(await this.registry.candidates(), {
        generation: 1,
        ...(wanted ? { wanted } : {}),
      });
      if (!choice) {
        throw noRoom();
      }
      const { node, placement, reservations } = choice;
      const claim = {
        sessionId,
        life,
        expected: undefined,
        placement,
        mediaNodeId: node.id,
        reservations,
        reserveMs,
        by: this.surroundings.identity.id,
      };
      const outcome = await this.registry.place(claim);
      if ('placement' in outcome) {
        this.mirror.changed({ sessionId, life });
        const [leg] = outcome.placement.legs;
        if (leg) {
          this.surroundings.logger.info({ sessionId, life, ...leg }, 'session placed');
          return leg;
        }
      } else if (outcome.refused === 'ended') {
        throw new RequestError('CONNECTION_ENDED', 'the session is over');
      }
      await sleep(Math.random() * 10);
    }
    throw new RequestError('CONFLICT', 'too many sessions are being placed; ask again');
  }
}

function noRoom(): RequestError {
  return new RequestError('NO_MEDIA_NODE', 'there is no media node with room', {
    retryAfterMs: noRoomRetryMs,
  });
}
