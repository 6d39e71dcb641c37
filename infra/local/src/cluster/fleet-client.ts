import { z } from 'zod';

const TIMEOUT_MS = 2000;

/** A place as it is told in JSON. */
export const slotSchema = z.object({
  name: z.string(),
  role: z.enum(['master', 'media']),
  state: z.enum(['starting', 'running', 'draining', 'backoff', 'dead']),
  pid: z.number().nullable(),
  since: z.number(),
  restarts: z.number(),
  revision: z.number(),
});

/** A place for a node, as the fleet sees it. */
export type FleetSlot = z.infer<typeof slotSchema>;

/** `Authorization` of all parts of a cluster. */
export function basicAuth(secret: string): string {
  return `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`;
}

/** The places for nodes; undefined when the fleet doesn't answer, or another one is active. */
export async function readSlots(fleetUrl: string, secret: string): Promise<FleetSlot[] | undefined> {
  try {
    const response = await fetch(`${fleetUrl}/slots`, {
      headers: { authorization: basicAuth(secret) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = z.object({ fleet: z.string(), slots: z.array(slotSchema) }).parse(await response.json());
    return answer.fleet === 'active' ? answer.slots : undefined;
  } catch {
    // Away, or not a fleet: what it would have said is only more than what the processes say themselves.
    return undefined;
  }
}
