import { messages } from '../messages.js';

/** Who is in the room: name by connection id, ourselves left out. */
export type Roster = ReadonlyMap<string, string>;

/** What to say about those who came and went. */
export function announcements(before: Roster, now: Roster): string[] {
  const joined = [...now].filter(([id]) => !before.has(id)).map(([, name]) => messages.room.joined(name));
  const left = [...before].filter(([id]) => !now.has(id)).map(([, name]) => messages.room.left(name));
  return [...joined, ...left];
}
