import { createHash } from 'node:crypto';
import { type Method, methods, type Request } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { MutationKey } from '../sessions/session-changer.js';
import type { Member } from './member.js';
import { PresenceService } from './presence.service.js';
import { StreamsService } from './streams.service.js';
import { SubscriptionsService } from './subscriptions.service.js';
import { TransportsService } from './transports.service.js';

/** Methods that a member may ask; `connect` and `resume` make a socket a member's. */
export type MemberMethod = Exclude<Method, 'connect' | 'resume'>;

type Handler = (member: Member, request: Request) => Promise<unknown>;

/** Parses the parameters of a method, makes the mutation's key, and lets a service act. */
function handler<P extends z.ZodType>(
  { params: schema }: { params: P },
  act: (member: Member, params: z.infer<P>, mutation: MutationKey) => Promise<object | void>,
): Handler {
  return async (member, { id, method, params }) => {
    const parsed = schema.parse(params);
    const mutation = {
      id: `${member.connectionId}:${id}`,
      bodyHash: createHash('sha256')
        .update(JSON.stringify([method, parsed]))
        .digest('hex'),
    };
    return (await act(member, parsed, mutation)) ?? {};
  };
}

/** Hands a member's request to the service that acts. */
@Injectable()
export class Dispatcher {
  readonly #handlers: Record<MemberMethod, Handler>;

  constructor(
    presence: PresenceService,
    streams: StreamsService,
    subscriptions: SubscriptionsService,
    transports: TransportsService,
  ) {
    const m = methods;
    this.#handlers = {
      leave: handler(m.leave, async (member, _, mutation) => presence.leave(member, mutation)),
      signal: handler(m.signal, async (...asked) => presence.signal(...asked)),
      tell: handler(m.tell, async (...asked) => presence.tell(...asked)),
      forceDisconnect: handler(m.forceDisconnect, async (...asked) => presence.forceDisconnect(...asked)),
      publish: handler(m.publish, async (...asked) => streams.publish(...asked)),
      unpublish: handler(m.unpublish, async (...asked) => streams.unpublish(...asked)),
      setTrackActive: handler(m.setTrackActive, async (...asked) => streams.setTrackActive(...asked)),
      setVideoDimensions: handler(m.setVideoDimensions, async (...asked) =>
        streams.setVideoDimensions(...asked),
      ),
      forceUnpublish: handler(m.forceUnpublish, async (...asked) => streams.forceUnpublish(...asked)),
      subscribe: handler(m.subscribe, async (...asked) => subscriptions.subscribe(...asked)),
      startConsumers: handler(m.startConsumers, async (member, params) =>
        subscriptions.startConsumers(member, params),
      ),
      unsubscribe: handler(m.unsubscribe, async (...asked) => subscriptions.unsubscribe(...asked)),
      connectTransport: handler(m.connectTransport, async (member, params) =>
        transports.connect(member, params),
      ),
      moveDone: handler(m.moveDone, async (member, params) => transports.moveDone(member, params)),
      restartIce: handler(m.restartIce, async (member, params) => transports.restartIce(member, params)),
    };
  }

  /** @throws ZodError for wrong parameters; what the services throw */
  async dispatch(member: Member, method: MemberMethod, request: Request): Promise<unknown> {
    return this.#handlers[method](member, request);
  }
}
