import { OpenViduError, OpenViduErrorName } from '@evercall/client';
import { describe, expect, it } from 'vitest';
import { BackendError } from '../backend/backend-error.js';
import { decideRejoin } from './rejoin-policy.js';

const middle = () => 0.5;
const crashed = { name: 'ended', reason: 'nodeCrashed' } as const;
const decide = (state: Parameters<typeof decideRejoin>[0], rejoins = 0, online = true) =>
  decideRejoin(state, { rejoins, online }, middle);
const failed = (error: Error) => ({ name: 'failed', error }) as const;
const refused = (code: string) =>
  new OpenViduError(OpenViduErrorName.GENERIC_ERROR, code, { code: code as 'TIMEOUT' });

describe('decideRejoin', () => {
  it('joins a crashed meeting again at once, then later and later, then asks', () => {
    const decisions = [0, 1, 2, 3, 4, 5, 6].map((rejoins) => decide(crashed, rejoins));
    const delays = decisions.map((decision) => (decision.do === 'join' ? decision.afterMs : decision.do));
    expect(delays).toEqual([0, 300, 750, 1500, 3000, 6000, 'giveUp']);
  });

  it('draws the delays, so that a room does not come back in step', () => {
    const delay = (random: number) => decideRejoin(crashed, { rejoins: 5, online: true }, () => random);
    expect([delay(0), delay(0.99)]).toEqual([
      { do: 'join', afterMs: 4000 },
      { do: 'join', afterMs: 7960 },
    ]);
  });

  it('does so beyond the grace, too', () => {
    expect(decide({ name: 'ended', reason: 'networkDisconnect' })).toEqual({ do: 'join', afterMs: 0 });
  });

  it('waits for the network, however often it failed', () => {
    expect(decide(crashed, 0, false)).toEqual({ do: 'wait' });
    expect(decide(crashed, 6, false)).toEqual({ do: 'wait' });
  });

  it.each([
    'disconnect',
    'forceDisconnectByUser',
    'forceDisconnectByServer',
    'sessionClosedByServer',
  ] as const)('respects %s', (reason) => {
    expect(decide({ name: 'ended', reason })).toEqual({ do: 'nothing' });
  });

  it.each([
    new BackendError('PLATFORM_UNAVAILABLE', 'away', { status: 503 }),
    new BackendError('OFFLINE', 'no answer'),
    refused('NO_MEDIA_NODE'),
    // The session ended between the token and its use.
    refused('TOKEN_INVALID'),
    new OpenViduError(OpenViduErrorName.GENERIC_ERROR, 'no socket', { cause: new Error('closed') }),
  ])('tries again what may pass: %s', (error) => {
    expect(decide(failed(error))).toEqual({ do: 'join', afterMs: 0 });
    expect(decide(failed(error), 6)).toEqual({ do: 'giveUp' });
  });

  it.each([
    new BackendError('ROOM_CLOSED', 'closed', { status: 409 }),
    new BackendError('OTHER', 'a wrong secret', { status: 500 }),
    new Error('no token', { cause: new BackendError('FORBIDDEN', 'no', { status: 403 }) }),
    new OpenViduError(OpenViduErrorName.BROWSER_NOT_SUPPORTED, 'no WebRTC'),
    refused('PROTOCOL_UNSUPPORTED'),
  ])('takes no for an answer: %s', (error) => {
    expect(decide(failed(error))).toEqual({ do: 'nothing' });
    expect(decide(failed(error), 1)).toEqual({ do: 'nothing' });
  });

  it('leaves a running meeting alone', () => {
    expect(decide({ name: 'connected' }, 3)).toEqual({ do: 'nothing' });
    expect(decide({ name: 'reconnecting' }, 3)).toEqual({ do: 'nothing' });
  });
});
