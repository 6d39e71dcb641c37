import type { JsonObject } from '@evercall/protocol';
import { audioParameters } from '@evercall/testing';

let ssrc = 100_000;

/** What Chromium offers for a microphone, shortened, with a source of its own each time. */
export function microphone(): JsonObject {
  ssrc += 1;
  return { ...audioParameters(ssrc), mid: `${ssrc}` };
}
