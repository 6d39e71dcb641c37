import { z } from 'zod';

/** Longest slug, in characters. */
export const slugLength = 64;

/**
 * The part of a link that names a room. Small letters only, as a phone's keyboard begins a word with a capital and
 * both must lead to the same room.
 */
export const Slug = z
  .string()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9_-]*$/,
    'must consist of letters, digits, _ and -, beginning with a letter or digit',
  )
  .max(slugLength);

/** Derives a slug from a room's name; empty if the name has no letter or digit that can stand in one. */
export function slugFromName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^[-_]+|[-_]+$/g, '')
    .slice(0, slugLength)
    .replace(/-+$/, '');
}
