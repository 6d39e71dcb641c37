import type { ConnectionEndReason, ConnectionId, SessionId } from '@evercall/protocol';
import { z } from 'zod';
import { keys } from '../redis/keys.js';
import type { ScriptReply, Scripts } from '../redis/scripts.js';
import type { LogEntry } from '../store/log-entry.js';
import type { LifeVersion } from './domain/precedence.js';

/** One life of a session as it stands in the shared state, unread: the texts of its hashes. */
export interface LifeCopy {
  sessionId: SessionId;
  life: number;
  isOpen: boolean;
  session: Record<string, string>;
  connections: Record<string, string>;
  streams: Record<string, string>;
}

/** What a master remembers of a life that it serves. */
export interface LifeMemory {
  copy: LifeCopy;
  /** Why connections ended that it saw ending. */
  ended: ReadonlyMap<ConnectionId, ConnectionEndReason>;
  /** The latest events, in order without holes. */
  tail: readonly LogEntry[];
  /** What the connections that have their socket here want to receive: stream id → record. */
  subscriptions: ReadonlyMap<ConnectionId, Record<string, string>>;
}

const Flat = z.array(z.string());
const Reply = z.tuple([z.string(), z.string(), Flat, Flat, Flat]).rest(z.unknown());

function toRecord(flat: string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let index = 0; index + 1 < flat.length; index += 2) fields[flat[index] ?? ''] = flat[index + 1] ?? '';
  return fields;
}

/**
 * @param life a certain life instead of the current one
 * @returns `undefined` if there is no record: that says nothing about the session
 * @throws ClusterError `STATE_UNAVAILABLE`
 */
export async function readLife(
  scripts: Scripts,
  sessionId: SessionId,
  life?: number,
): Promise<LifeCopy | undefined> {
  const reply: ScriptReply = await scripts.run(
    'read-session',
    [keys.counter(sessionId), keys.lost],
    [keys.lifePrefix(sessionId), life ?? ''],
  );
  if (reply === null) return undefined;
  const [current, open, session, connections, streams] = Reply.parse(reply);
  return {
    sessionId,
    life: life ?? Number(current),
    isOpen: open === '1',
    session: toRecord(session),
    connections: toRecord(connections),
    streams: toRecord(streams),
  };
}

const whole = (text: string | undefined) => Number(text ?? 0);

/** Which of two copies is the newer one is decided by this. */
export function versionOf({ life, isOpen, session }: LifeCopy): LifeVersion {
  const { epoch, version, forkEpoch, forkVersion } = session;
  return {
    life,
    isOpen,
    epoch: whole(epoch),
    version: whole(version),
    fork: forkEpoch ? { epoch: whole(forkEpoch), version: whole(forkVersion) } : undefined,
  };
}
