/** Longest slug, in characters; the backend's limit. */
const slugLength = 64;

/** The part of a link that names a room, made from what somebody typed; empty if nothing of it can stand in one. */
export function roomSlug(typed: string): string {
  return typed
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^[-_]+|[-_]+$/g, '')
    .slice(0, slugLength)
    .replace(/-+$/, '');
}
