import { createHash } from 'node:crypto';
import type { Json } from '@evercall/protocol';

/** Text of a JSON value that doesn't depend on the order of its keys. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** SHA-256 of a router's capabilities, hexadecimal: equal on every worker of every node of one version. */
export function capabilitiesHash(capabilities: Json): string {
  return createHash('sha256').update(canonical(capabilities)).digest('hex');
}
