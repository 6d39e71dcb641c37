import { z } from 'zod';
import { SessionId, TokenId } from './ids.js';

/**
 * A token as the application hands it to the browser (contract section 2):
 * `wss://<load balancer>?sessionId=<session>&token=tok_…`. Usable once.
 */
export interface Token {
  /** Origin of the load balancer with scheme `ws:` or `wss:`, no trailing slash. */
  origin: string;
  sessionId: SessionId;
  tokenId: TokenId;
}

/** Writes a token URL. `publicUrl` is the load balancer's `http(s)://host[:port]`. */
export function formatToken(publicUrl: string, sessionId: SessionId, tokenId: TokenId): string {
  return `${publicUrl.replace(/^http/, 'ws').replace(/\/+$/, '')}?sessionId=${sessionId}&token=${tokenId}`;
}

/** Reads a token URL; `undefined` if it is none. Other query parameters are allowed and ignored. */
export function parseToken(text: string): Token | undefined {
  if (text.length > 2048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return undefined;
  const parsed = z.object({ sessionId: SessionId, tokenId: TokenId }).safeParse({
    sessionId: url.searchParams.get('sessionId'),
    tokenId: url.searchParams.get('token'),
  });
  return parsed.success ? { origin: `${url.protocol}//${url.host}`, ...parsed.data } : undefined;
}
