import type { AppEvent, AppEventName, Role } from '@evercall/protocol';
import { type Caller, callerOf } from './caller.js';
import { change, type Rule, refuse } from './decision.js';

/** Who may tell each event of the application. */
const whoMayTell: Record<AppEventName, (role: Role) => boolean> = {
  handRaised: () => true,
};

/**
 * Tells everybody in the session, the teller included.
 *
 * @throws RequestError `PERMISSION_DENIED`
 */
export function tell(caller: Caller, { name, data }: AppEvent): Rule<void> {
  return (state) => {
    const { role } = callerOf(state, caller);
    if (!whoMayTell[name](role)) return refuse('PERMISSION_DENIED', `a ${role} may not tell ${name}`);
    return change(undefined, {
      relies: { connections: [caller.connectionId] },
      events: [{ audience: { to: 'all' }, event: { type: 'app', name, data, from: caller.connectionId } }],
    });
  };
}
