/**
 * How a backend survives a dead master with the stock `openvidu-node-client`; docs/without-the-sdk.md explains it.
 *
 *     node examples/stock-client.ts ROOM
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenVidu, OpenViduRole } from 'openvidu-node-client';

/** Milliseconds that all tries together may take. */
const budgetMs = 15_000;
/** Milliseconds after which one try counts as unanswered; the stock client would wait for ever. */
const tryTimeoutMs = 5_000;
/** Milliseconds of the longest wait before the second try, and before any. */
const [firstDelayMs, maxDelayMs] = [100, 1_000];

/** Gets a token for a room; its session is created where there is none. */
export async function getToken(openvidu: OpenVidu, room: string): Promise<string> {
  const deadline = performance.now() + budgetMs;
  for (;;) {
    try {
      // A session that exists is returned, not refused: every backend may do this at the same time.
      const session = await retrying(deadline, () => openvidu.createSession({ customSessionId: room }));
      const connection = await retrying(deadline, () =>
        session.createConnection({ role: OpenViduRole.PUBLISHER }),
      );
      return connection.token ?? '';
    } catch (error) {
      // The session ended between the two requests, because it crashed or its last participant left: once more.
      if (statusOf(error) !== '404' || performance.now() >= deadline) throw error;
    }
  }
}

/** Asks until there is an answer that will stay the same, or the time is up. */
async function retrying<T>(deadline: number, ask: () => Promise<T>): Promise<T> {
  for (let longest = firstDelayMs; ; longest = Math.min(maxDelayMs, longest * 2)) {
    try {
      return await withinTime(ask());
    } catch (error) {
      const delay = longest / 2 + (Math.random() * longest) / 2;
      if (!isAway(error) || performance.now() + delay >= deadline) throw error;
      await sleep(delay);
    }
  }
}

/** Whether nobody was there to answer: a dead master behind the load balancer, or a refused connection. */
export function isAway(error: unknown): boolean {
  const status = statusOf(error);
  // What is no status was no answer: of a refused connection the client says "[object Object]".
  return status === undefined || status === '502' || status === '503' || status === '504';
}

/** The client rejects with `new Error("502")`: the message is the status, and a string. */
function statusOf(error: unknown): string | undefined {
  return error instanceof Error && /^\d{3}$/.test(error.message) ? error.message : undefined;
}

async function withinTime<T>(answer: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(tryTimeoutMs, undefined, timer).then(() =>
    Promise.reject(new Error('no answer in time')),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    // Ends the timer; that it was ended is no news.
    late.catch(() => undefined);
    timer.abort();
  }
}

if (import.meta.main) {
  const { OpenVidu } = await import('openvidu-node-client');
  const url = process.env['OPENVIDU_URL'] ?? 'http://localhost:4443';
  const openvidu = new OpenVidu(url, process.env['OPENVIDU_SECRET'] ?? 'MY_SECRET');
  console.log(await getToken(openvidu, process.argv[2] ?? 'example'));
}
