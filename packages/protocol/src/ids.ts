import { z } from 'zod';

/**
 * Ids in OpenVidu's formats: a prefix, then an upper-case letter, then letters and digits
 * (`con_Xnxg19tonh`). A session id may be the application's own: letters, digits, `_` and `-`.
 */
const prefixed = (prefix: string, tail: number) =>
  z.string().regex(new RegExp(`^${prefix}_[A-Z][A-Za-z0-9]{${tail}}$`));

/** Id of a session: `ses_…` or the application's `customSessionId`; at most 256 characters. */
export const SessionId = z
  .string()
  .regex(/^[a-zA-Z0-9_-]+$/)
  .max(256)
  .brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

/** Id of a connection, one participant's membership of a session: `con_` + 10. */
export const ConnectionId = prefixed('con', 9).brand<'ConnectionId'>();
export type ConnectionId = z.infer<typeof ConnectionId>;

/** The secret part of a token URL: `tok_` + 16. */
export const TokenId = prefixed('tok', 15).brand<'TokenId'>();
export type TokenId = z.infer<typeof TokenId>;

/** Id of a stream: `str_<CAM|SCR|CUS|MIC>_` + 4 + `_` + its connection's id. */
export const StreamId = z
  .string()
  .regex(/^str_(CAM|SCR|CUS|MIC)_[A-Z][A-Za-z0-9]{3}_con_[A-Z][A-Za-z0-9]{9}$/)
  .brand<'StreamId'>();
export type StreamId = z.infer<typeof StreamId>;

/** Id of one run (incarnation) of a master process: `master_` + 8. A restarted process has a new one. */
export const MasterId = prefixed('master', 7).brand<'MasterId'>();
export type MasterId = z.infer<typeof MasterId>;

/** Id of one run (incarnation) of a media node process: `media_` + 8. A restarted process has a new one. */
export const MediaNodeId = prefixed('media', 7).brand<'MediaNodeId'>();
export type MediaNodeId = z.infer<typeof MediaNodeId>;

/** Key of a changing request, made by whoever sends it: 8 to 128 letters, digits, `_`, `-`, `.`, `:`. */
export const MutationId = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{8,128}$/)
  .brand<'MutationId'>();
export type MutationId = z.infer<typeof MutationId>;

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const alphanumeric = `0123456789${upper}abcdefghijklmnopqrstuvwxyz`;

/** Gives `length` random bytes, as `crypto.getRandomValues` does. */
export type RandomBytes = (length: number) => Uint8Array;

/** Makes new ids; the randomness is given, so that tests can repeat it. */
export class IdFactory {
  readonly #random: RandomBytes;

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  sessionId(): SessionId {
    return SessionId.parse(`ses_${this.#word(9)}`);
  }

  connectionId(): ConnectionId {
    return ConnectionId.parse(`con_${this.#word(9)}`);
  }

  tokenId(): TokenId {
    return TokenId.parse(`tok_${this.#word(15)}`);
  }

  /** @param source what is published: `CAM`, `SCR`, `CUS`, or `MIC` when there is no video */
  streamId(source: 'CAM' | 'SCR' | 'CUS' | 'MIC', connectionId: ConnectionId): StreamId {
    return StreamId.parse(`str_${source}_${this.#word(3)}_${connectionId}`);
  }

  masterId(): MasterId {
    return MasterId.parse(`master_${this.#word(7)}`);
  }

  mediaNodeId(): MediaNodeId {
    return MediaNodeId.parse(`media_${this.#word(7)}`);
  }

  /** A key for one changing request, kept by all its repetitions. */
  mutationId(): MutationId {
    return MutationId.parse(`mut_${this.#word(19)}`);
  }

  #word(tail: number): string {
    return this.#pick(upper, 1) + this.#pick(alphanumeric, tail);
  }

  /** Draws without bias: bytes past the last whole multiple of the alphabet are thrown away. */
  #pick(alphabet: string, count: number): string {
    const limit = 256 - (256 % alphabet.length);
    let word = '';
    while (word.length < count) {
      for (const byte of this.#random(count - word.length)) {
        if (byte < limit) word += alphabet.charAt(byte % alphabet.length);
      }
    }
    return word;
  }
}
