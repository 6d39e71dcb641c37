import type { Params } from '@evercall/protocol';
import { vi } from 'vitest';
import { BackoffPolicy } from '../signal/reconnect-policy.js';
import { SignalClient } from '../signal/signal-client.js';
import type { SignalHandlers } from '../signal/signal-handlers.js';
import { FakeCluster } from './fake-cluster.js';
import { at, ids, joined, resumed } from './fixtures.js';

const connectParams: Params<'connect'> = {
  protocol: 1,
  token: 'ws://localhost?sessionId=room&token=tok_A',
  clientData: '',
  platform: 'test',
  sdkVersion: '0',
  capabilitiesHash: '',
  rtpCapabilities: {},
};
const resumeParams: Omit<Params<'resume'>, 'resumeToken'> = {
  protocol: 1,
  position: at(10),
  generation: 1,
  transports: { send: 'connected', recv: 'connected' },
  capabilitiesHash: 'hash-1',
  rtpCapabilities: {},
  streams: [],
  subscriptions: [],
};

/** A client on a fake cluster, with everything that it tells, in order. */
export function signalSetUp(handlers: Partial<SignalHandlers> = {}) {
  const cluster = new FakeCluster().on('connect', () => joined()).on('resume', () => resumed());
  const told: string[] = [];
  const client = new SignalClient({
    openWire: cluster.open,
    ids,
    random: () => 0,
    joinPolicy: new BackoffPolicy(15_000, () => 0),
    resumePolicy: (graceMs) => new BackoffPolicy(graceMs + 5000, () => 0),
    handlers: {
      connectParams: () => connectParams,
      resumeParams: () => resumeParams,
      onCapabilities: async ({ hash }) => void told.push(`capabilities ${hash}`),
      onJoined: () => void told.push('onJoined'),
      onResumed: () => void told.push('onResumed'),
      onMessage: (message) => void told.push(message.name),
      onState: (state) => void told.push(state),
      onEnded: (reason) => void told.push(`ended: ${reason}`),
      ...handlers,
    },
  });
  return { cluster, client, told };
}

/** Lets everything happen that waits for no time to pass. */
export const flush = () => vi.advanceTimersByTimeAsync(0);

/** The same, joined, with a socket that counts as one that works. Needs fake timers. */
export async function signalJoined(handlers?: Partial<SignalHandlers>) {
  const all = signalSetUp(handlers);
  await all.client.connect();
  // Long enough for the socket to count as one that works.
  await vi.advanceTimersByTimeAsync(1000);
  all.told.length = 0;
  return all;
}
