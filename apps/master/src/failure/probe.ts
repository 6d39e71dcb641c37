import { connect } from 'node:net';
import { z } from 'zod';

/** What became of a try to open a TCP connection. */
export type ConnectOutcome = 'accepted' | 'refused' | 'unanswered';

/** Tries to open a connection to a node. @param timeoutMs milliseconds to wait for its kernel's answer */
export async function tryConnect(url: string, timeoutMs: number): Promise<ConnectOutcome> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const done = (outcome: ConnectOutcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(timeoutMs, () => done('unanswered'));
    socket.once('connect', () => done('accepted'));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      done(error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' ? 'refused' : 'unanswered');
    });
  });
}

const Live = z.object({ id: z.string() });

/**
 * Asks a node's process whether it lives.
 *
 * @param timeoutMs milliseconds to wait for its answer
 * @returns the id of the run that answers at this address; `undefined` if none does in time
 */
export async function askLive(url: string, timeoutMs: number): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(timeoutMs) });
    return Live.parse(await response.json()).id;
  } catch {
    // Refused, timed out or unreadable: whoever is there doesn't answer as a node does. That is the result.
    return undefined;
  }
}
