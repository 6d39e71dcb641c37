import { Recovery } from '@evercall/protocol';
import { z } from 'zod';
import { Slug } from './slug.js';

/** A name that people read: one line, 1 to 64 characters. */
const DisplayName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(64, 'must have at most 64 characters')
  .regex(/^\P{Control}*$/u, 'must not contain control characters');

export const CreateRoomRequest = z.object({
  name: DisplayName,
  slug: Slug.optional(),
  recovery: Recovery.default('automatic'),
});
export type CreateRoomRequest = z.infer<typeof CreateRoomRequest>;

export const TokenRequest = z.object({
  name: DisplayName.optional(),
  /** Of the room that this request makes, if it makes one; a room that is there keeps its own. */
  recovery: Recovery.default('automatic'),
});
export type TokenRequest = z.infer<typeof TokenRequest>;

export const RoomPath = z.object({ slug: Slug });
