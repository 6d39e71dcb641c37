import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterError, type Mutation, type SessionState, SessionStore } from '@evercall/cluster';
import type { SessionId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { MetricsService } from '../metrics/metrics.service.js';
import { NodesInDoubt } from '../node/nodes-in-doubt.js';
import { RequestError } from '../request-error.js';
import type { Rule } from './domain/decision.js';
import type { Ended } from './domain/end.js';
import { buryCrashed, doubtfulHost } from './domain/hosts.js';

/** How often a decision is made again when others were faster. */
const attempts = 30;
/** Milliseconds; upper end of the jittered wait between two attempts. */
const longestWaitMs = 25;

/** Milliseconds after which a node that looks dead is likely to be known as dead or alive. */
const doubtRetryMs = 200;

/** What became of a rule. */
export interface Changed<T> {
  /** What the rule was decided on; older than the change. */
  state: SessionState;
  result: T;
}

/** A request's key and the hash of its body. */
export type MutationKey = Pick<Mutation, 'id' | 'bodyHash'>;

/** Reads, lets a plain rule decide, commits; again if somebody else was faster. */
@Injectable()
export class SessionChanger {
  readonly #store: SessionStore;
  readonly #metrics: MetricsService;
  readonly #inDoubt: NodesInDoubt;

  constructor(store: SessionStore, metrics: MetricsService, inDoubt: NodesInDoubt) {
    this.#store = store;
    this.#metrics = metrics;
    this.#inDoubt = inDoubt;
  }

  /**
   * @param target session; with `life` the rule is for that life only
   * @param mutation key of the request: the same key again decides nothing and answers `undefined`
   * @throws RequestError what the rule refuses; `SESSION_NOT_FOUND`, `CONNECTION_ENDED` (the life is over), `CONFLICT`,
   * `HOST_UNREACHABLE` (maybe it is over)
   * @throws ClusterError the shared state is away
   */
  async change<T>(
    target: { sessionId: SessionId; life?: number },
    rule: Rule<T>,
    mutation?: MutationKey,
  ): Promise<Changed<T> | undefined> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const state = await this.#store.read(target.sessionId, target.life);
      if (!state || (state.ended && !target.life)) {
        throw new RequestError('SESSION_NOT_FOUND', `there is no session ${target.sessionId}`);
      }
      if (state.ended) {
        throw new RequestError('CONNECTION_ENDED', 'the session is over', { reason: state.ended });
      }
      mustBeReachable(state, this.#inDoubt);
      const decision = rule(state);
      if (!decision.change) return { state, result: decision.result };
      const outcome = await this.#store.commit(
        state,
        decision.change,
        mutation && { ...mutation, result: JSON.stringify(decision.result ?? null) },
      );
      if (outcome.status === 'applied') return { state, result: decision.result };
      if (outcome.status === 'replayed') {
        this.#metrics.recovery.requestReplayed();
        return undefined;
      }
      await this.#again(attempt);
    }
    throw tooFast();
  }

  /**
   * Puts down the end of a session that went with a lost node.
   *
   * @returns `undefined` if there is nothing to put down
   * @throws RequestError `CONFLICT`
   * @throws ClusterError the shared state is away
   */
  async bury(target: { sessionId: SessionId; life?: number }): Promise<Changed<Ended> | undefined> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const state = await this.#store.read(target.sessionId, target.life);
      if (!state) return undefined;
      const decision = buryCrashed(state);
      if (!decision.change || !decision.result) return undefined;
      const outcome = await this.#store.commit(state, decision.change);
      if (outcome.status === 'applied') return { state, result: decision.result };
      await this.#again(attempt);
    }
    throw tooFast();
  }

  async #again(attempt: number): Promise<void> {
    this.#metrics.commitConflict();
    await sleep(Math.random() * Math.min(longestWaitMs, 2 ** attempt));
  }
}

function tooFast(): RequestError {
  return new RequestError('CONFLICT', 'the session changes too fast; ask again');
}

/** @throws RequestError `HOST_UNREACHABLE` */
export function mustBeReachable(state: SessionState, inDoubt: NodesInDoubt): void {
  const nodeId = doubtfulHost(state, (id) => inDoubt.has(id));
  if (!nodeId) return;
  throw new RequestError('HOST_UNREACHABLE', `${nodeId}, which the session hangs on, does not answer`, {
    retryAfterMs: doubtRetryMs,
  });
}

/** True for an error after which the same change may still be tried. */
export function isStateAway(error: unknown): error is ClusterError {
  return error instanceof Error && 'code' in error && error.code === 'STATE_UNAVAILABLE';
}
