import { SessionId } from '@evercall/protocol';
import { z } from 'zod';

/**
 * Names one session's media on one media node. Commands for another life or generation than the open one are
 * refused, so that a master that slept can't act on what has moved on.
 */
export const Leg = z.object({
  sessionId: SessionId,
  life: z.number().int().positive(),
  generation: z.number().int().positive(),
});
export type Leg = z.infer<typeof Leg>;

/** Key of a leg in maps and logs: `<session>/<life>/<generation>`. */
export function legKey({ sessionId, life, generation }: Leg): string {
  return `${sessionId}/${life}/${generation}`;
}
