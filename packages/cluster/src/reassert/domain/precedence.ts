/** How far a life has come. */
export interface LifeVersion {
  life: number;
  isOpen: boolean;
  epoch: number;
  /** Changes since the life began; within one epoch more of them means later. */
  version: number;
  /** Where it went over into its epoch. */
  fork: { epoch: number; version: number } | undefined;
}

/**
 * What to do with a remembered life: `restore` it, `bury` it (write the tombstone again), or `keep` what the shared state
 * has, because it is as new or newer.
 */
export type Precedence = 'restore' | 'bury' | 'keep';

/** @param stored what the shared state has of the session now; `undefined`: nothing, which is no tombstone */
export function precedence(memory: LifeVersion, stored: LifeVersion | undefined): Precedence {
  const wish = memory.isOpen ? 'restore' : 'bury';
  if (!stored || stored.life < memory.life) return wish;
  if (stored.life > memory.life || !stored.isOpen) return 'keep';
  if (!memory.isOpen) return 'bury';
  return isAhead(memory, stored) ? 'restore' : 'keep';
}

/** Everybody's changes go through one counter, so that of two copies of an epoch the one with more of them has them all. */
function isAhead(memory: LifeVersion, stored: LifeVersion): boolean {
  if (stored.epoch <= memory.epoch) return comesAfter(memory, stored);
  const { fork } = stored;
  // Somebody has decided on what it became after the loss: what was lost of before is lost.
  if (!fork || stored.version !== fork.version) return false;
  // Somebody else told what it remembers, and nothing has happened since: whoever remembers more is right.
  return comesAfter(memory, fork);
}

function comesAfter(
  a: Pick<LifeVersion, 'epoch' | 'version'>,
  b: Pick<LifeVersion, 'epoch' | 'version'>,
): boolean {
  return a.epoch === b.epoch ? a.version > b.version : a.epoch > b.epoch;
}
