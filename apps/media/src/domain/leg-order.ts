import type { Leg } from '@evercall/media-protocol';

export type { Leg } from '@evercall/media-protocol';
export type SessionId = Leg['sessionId'];

/** Whether `leg` came later than `other` of the same session: a higher life, or a higher generation of one life. */
export function isAfter(leg: Leg, other: Leg): boolean {
  return leg.life === other.life ? leg.generation > other.generation : leg.life > other.life;
}
