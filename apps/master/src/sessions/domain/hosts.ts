import type { SessionState } from '@evercall/cluster';
import { type Rule, unchanged } from './decision.js';
import { closeSession, type Ended } from './end.js';

/**
 * The node that a session ends with and that looks dead: until that is known for sure, nothing can be said of the
 * session. `undefined` if there is none, always so for a session that the platform recovers.
 */
export function doubtfulHost(
  { record, placement }: SessionState,
  isInDoubt: (nodeId: string) => boolean,
): string | undefined {
  if (record.properties.recovery !== 'application') return undefined;
  const nodes = [record.hostId, ...(placement?.legs ?? []).map(({ mediaNodeId }) => mediaNodeId)];
  return nodes.find(isInDoubt);
}

/** Puts down the end of a session that went with a lost node; everybody in it is told. Answers `undefined` if it lives. */
export const buryCrashed: Rule<Ended | undefined> = (state) =>
  state.crashed ? closeSession('nodeCrashed')(state) : unchanged(undefined);
