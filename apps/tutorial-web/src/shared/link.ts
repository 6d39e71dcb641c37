import type { Recovery } from '../backend/api.js';
import { roomSlug } from './room-slug.js';

/** What the address of the page asks for. */
export interface Link {
  /** Slug of the room; empty if the link names none. */
  room: string;
  name: string;
  /** Join without showing the form. */
  join: boolean;
  /** Publish a drawn picture and a tone instead of devices. */
  fake: boolean;
  /** Who repairs the room, if it is made now. */
  recovery: Recovery;
  /** Token of an application that signed the user in; from the part after `#`, which no server gets to see. */
  identity: string | undefined;
}

/** Longest name, in characters; the backend's limit. */
export const nameLength = 64;

/** Reads `/?room=NAME&name=NICK&join=1&fake=1&recovery=application#identity=TOKEN`. */
export function readLink(href: string): Link {
  const { searchParams, hash } = new URL(href);
  const flag = (name: string) => ['1', 'true', ''].includes(searchParams.get(name) ?? 'no');
  const room = roomSlug(searchParams.get('room') ?? '');
  return {
    room,
    name: (searchParams.get('name') ?? '').trim().slice(0, nameLength),
    join: flag('join') && room !== '',
    fake: flag('fake'),
    recovery: searchParams.get('recovery') === 'application' ? 'application' : 'automatic',
    identity: new URLSearchParams(hash.slice(1)).get('identity') ?? undefined,
  };
}

/** The link that brings others to this room: nothing of our own in it. */
export function inviteLink(href: string, room: string): string {
  return `${new URL(href).origin}/?room=${encodeURIComponent(room)}`;
}

/** Our own address while in the room, so that a reload comes back to it. */
export function roomAddress(href: string, room: string): string {
  const url = new URL(href);
  url.searchParams.set('room', room);
  return url.href;
}
