import type { MasterId } from '@evercall/protocol';
import { change, type Rule, unchanged } from '../../sessions/domain/decision.js';

/** Another master becomes the one that a session ends with. Answers whether it was this one's until now. */
export function handOver(from: MasterId, to: MasterId): Rule<boolean> {
  return (state) =>
    state.record.hostId === from ? change(true, { relies: { alive: to }, hostId: to }) : unchanged(false);
}
