import type { Participant } from '@evercall/react';
import { messages } from '../messages.js';

/**
 * What a participant is called: the name that the backend vouches for, else what the participant itself says, as
 * OpenVidu's applications write it (`{"clientData":"Ana"}`) or plainly.
 */
export function participantName({
  serverData,
  clientData,
}: Pick<Participant, 'serverData' | 'clientData'>): string {
  const client = parseJson(clientData);
  return (
    textOf(parseJson(serverData), 'name') ??
    textOf(client, 'clientData') ??
    // What the backend says stands alone where the participant says nothing, and looks like the participant's.
    textOf(client, 'name') ??
    // JSON in which we find no name is no name either.
    ((client === undefined && clientData.trim()) || messages.room.unknownName)
  );
}

/** The same from a connection's `data`, in which both stand joined. */
export function nameFromData(data: string): string {
  const separator = '%/%';
  const at = data.lastIndexOf(separator);
  if (at !== -1) {
    return participantName({ clientData: data.slice(0, at), serverData: data.slice(at + separator.length) });
  }
  // One of the two stands alone.
  return participantName({ clientData: data, serverData: data });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const text: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof text === 'string' && text.trim() ? text.trim() : undefined;
}
