import { ConnectionEndReason, ConnectionId, StreamId } from '@evercall/protocol';
import { z } from 'zod';
import { ClusterError } from '../errors.js';
import type { ScriptReply } from '../redis/scripts.js';
import { ConnectionRecord, Placement, SessionRecord, StreamRecord } from './records.js';
import type { SessionState } from './session-state.js';

const Flat = z.array(z.string());
const Reply = z.tuple([z.string(), z.string(), Flat, Flat, Flat, z.enum(['0', '1'])]);
const Fields = z.object({
  record: z.string(),
  placement: z.string().optional(),
  active: z.coerce.number().int(),
  epoch: z.coerce.number().int(),
  sequence: z.coerce.number().int(),
  ended: ConnectionEndReason.optional(),
});

function pairs(flat: string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    result.push([flat[index] ?? '', flat[index + 1] ?? '']);
  }
  return result;
}

function parseJson<S extends z.ZodType>(schema: S, text: string): z.infer<S> {
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new ClusterError('RECORD_UNREADABLE', 'a record has a shape that this version does not read', {
      cause: parsed.error,
    });
  }
  return parsed.data;
}

/** The records of a hash by id, and the texts they were read from. */
function readHash<I extends z.ZodType, R extends z.ZodType>(flat: string[], id: I, schema: R) {
  const stored = new Map<z.infer<I>, string>();
  const records = new Map<z.infer<I>, z.infer<R>>();
  for (const [field, text] of pairs(flat)) {
    const key = id.parse(field);
    stored.set(key, text);
    records.set(key, parseJson(schema, text));
  }
  return { stored, records };
}

/** Parses what `read-session.lua` answers; `undefined` if nothing of the session is left. */
export function parseSessionReply(reply: ScriptReply): SessionState | undefined {
  if (reply === null) return undefined;
  const [, open, fields, connectionFields, streamFields, crashed] = Reply.parse(reply);
  if (fields.length === 0) return undefined;
  const { record, placement, active, epoch, sequence, ended } = Fields.parse(
    Object.fromEntries(pairs(fields)),
  );
  const whileOpen = crashed === '1' ? 'nodeCrashed' : undefined;
  const connections = readHash(connectionFields, ConnectionId, ConnectionRecord);
  const streams = readHash(streamFields, StreamId, StreamRecord);
  return {
    record: parseJson(SessionRecord, record),
    placement: placement ? parseJson(Placement, placement) : undefined,
    head: { epoch, sequence },
    active,
    connections: new Map([...connections.records].toSorted(([, a], [, b]) => a.createdAt - b.createdAt)),
    streams: new Map([...streams.records].toSorted(([, a], [, b]) => a.info.createdAt - b.info.createdAt)),
    ended: ended ?? (open === '1' ? whileOpen : 'sessionClosedByServer'),
    ...(whileOpen ? { crashed: true } : {}),
    stored: { record, connections: connections.stored, streams: streams.stored, placement },
  };
}
