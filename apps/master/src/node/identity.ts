import { randomBytes } from 'node:crypto';
import { IdFactory, type MasterId } from '@evercall/protocol';

/** This run of this process. A restarted master is another one. */
export interface Identity {
  id: MasterId;
  name: string;
  /** Milliseconds since 1970. */
  startedAt: number;
}

/** Injection tokens. */
export const IDENTITY = Symbol('IDENTITY');
export const IDS = Symbol('IDS');
export const CLOCK = Symbol('CLOCK');

/** Milliseconds since 1970. */
export type Clock = () => number;

export function createIds(): IdFactory {
  return new IdFactory((length) => randomBytes(length));
}
