import { eventually } from '@evercall/testing';
import type { TestClient } from './test-client.js';

/** Asks until it is answered: the gate to the shared state may be shut for longer than one question waits. */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  let answer: { value: T } | undefined;
  await eventually(async () => void (answer = { value: await ask() }), { timeoutMs: 20_000 });
  return answer!.value;
}

/** Says it to everybody until that is answered, under one key, as the SDK does. */
export async function say(client: TestClient, data: string): Promise<void> {
  const id = client.mutationId();
  await asking(async () => client.ask('signal', { type: 'n', data, to: [] }, id));
}

/** Everything that was said, in the order in which a client heard it. */
export function heard(client: TestClient): string[] {
  return client.seen('signal').flatMap((event) => (event.type === 'signal' ? [event.data] : []));
}

/** Resolves when a client has heard it. */
export async function hears(client: TestClient, data: string): Promise<void> {
  const isIt = ({ event }: { event: object }) => 'data' in event && event.data === data;
  await client.events.next(isIt, { timeoutMs: 10_000 });
}
