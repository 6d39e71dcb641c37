import { activeConnection } from '@evercall/cluster';
import type { ConnectionId } from '@evercall/protocol';
import { type Caller, callerOf } from './caller.js';
import { change, type Rule, refuse } from './decision.js';

/** A message from one participant or a backend to some or all. */
export interface Signal {
  /** With or without the `signal:` prefix; empty for none. */
  type: string;
  data: string;
  /** Empty: everybody, the sender included. */
  to: ConnectionId[];
}

/** @param caller `undefined`: a backend */
export function signal(caller: Caller | undefined, { type, data, to }: Signal): Rule<void> {
  return (state) => {
    if (caller) callerOf(state, caller);
    const stranger = to.find((connectionId) => !activeConnection(state, connectionId));
    if (stranger) {
      return refuse('CONNECTION_NOT_FOUND', `${stranger} is not a connection of this session`, {
        field: 'to',
      });
    }
    const bare = type.replace(/^signal:/, '');
    return change(undefined, {
      ...(caller ? { relies: { connections: [caller.connectionId] } } : {}),
      events: [
        {
          audience: to.length > 0 ? { to: 'only', connections: to } : { to: 'all' },
          event: {
            type: 'signal',
            signalType: bare ? `signal:${bare}` : 'signal',
            data,
            ...(caller ? { from: caller.connectionId } : {}),
          },
        },
      ],
    });
  };
}
