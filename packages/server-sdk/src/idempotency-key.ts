import { webcrypto } from 'node:crypto';
import { IdFactory } from '@evercall/protocol';

const ids = new IdFactory((length) => webcrypto.getRandomValues(new Uint8Array(length)));

/** A key under which the platform carries a changing request out once, however often it arrives. */
export function newIdempotencyKey(): string {
  return ids.mutationId();
}
