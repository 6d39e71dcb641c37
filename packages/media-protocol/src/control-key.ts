import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a master shows to open a control link: `HMAC-SHA256(secret, "evercall control link")`, hexadecimal, so
 * that the secret itself never crosses the wire.
 *
 * @param secret - `OPENVIDU_SECRET`, the same on every node of a cluster.
 */
export function controlKey(secret: string): string {
  return createHmac('sha256', secret).update('evercall control link').digest('hex');
}

/** Compares a key that was shown with the right one, in a time that tells nothing about where they differ. */
export function isControlKey(shown: string, secret: string): boolean {
  const right = Buffer.from(controlKey(secret));
  const given = Buffer.from(shown);
  return given.length === right.length && timingSafeEqual(given, right);
}
