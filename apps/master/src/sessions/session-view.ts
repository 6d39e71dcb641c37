import type { SessionState, SubscriptionRecord } from '@evercall/cluster';
import type { ConnectionId, StreamId } from '@evercall/protocol';

/** A session with what each active connection receives: all that REST answers are made of. */
export interface SessionView {
  state: SessionState;
  subscriptions: ReadonlyMap<ConnectionId, ReadonlyMap<StreamId, SubscriptionRecord>>;
}
