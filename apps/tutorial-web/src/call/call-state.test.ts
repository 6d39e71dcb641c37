import { describe, expect, it } from 'vitest';
import { BackendError } from '../backend/backend-error.js';
import { callState, rejoinDelay } from './call-state.js';

const middle = () => 0.5;
const crashed = { name: 'ended', reason: 'nodeCrashed' } as const;

describe('rejoinDelay', () => {
  it('joins a crashed meeting again at once, then later and later, then not any more', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6].map((rejoins) => rejoinDelay(crashed, rejoins, middle));
    expect(delays).toEqual([0, 300, 750, 1500, 3000, 6000, null]);
  });

  it('does so beyond the grace, too', () => {
    expect(rejoinDelay({ name: 'ended', reason: 'networkDisconnect' }, 0, middle)).toBe(0);
  });

  it.each([
    'disconnect',
    'forceDisconnectByUser',
    'forceDisconnectByServer',
    'sessionClosedByServer',
  ] as const)('respects %s', (reason) =>
    expect(rejoinDelay({ name: 'ended', reason }, 0, middle)).toBeNull(),
  );

  it('goes on after a failed try to come back, and tells a failed first one', () => {
    const failed = { name: 'failed', error: new Error('no') } as const;
    expect(rejoinDelay(failed, 0, middle)).toBeNull();
    expect(rejoinDelay(failed, 1, middle)).toBe(300);
  });

  it('takes no for an answer', () => {
    const closed = new BackendError('ROOM_CLOSED', 'closed', { status: 409 });
    expect(rejoinDelay({ name: 'failed', error: closed }, 1, middle)).toBeNull();
    const wrapped = new Error('no token', { cause: closed });
    expect(rejoinDelay({ name: 'failed', error: wrapped }, 1, middle)).toBeNull();
  });

  it('leaves a running meeting alone', () => {
    expect(rejoinDelay({ name: 'connected' }, 3, middle)).toBeNull();
    expect(rejoinDelay({ name: 'reconnecting' }, 3, middle)).toBeNull();
  });
});

describe('callState', () => {
  it('shows no end while it joins again', () => {
    expect(callState(crashed, 0, true)).toEqual({ name: 'rejoining', attempt: 1 });
    expect(callState({ name: 'connecting' }, 1, false)).toEqual({ name: 'rejoining', attempt: 1 });
    expect(callState({ name: 'connected' }, 1, false)).toEqual({ name: 'connected' });
  });

  it('shows the end when it is one', () => {
    expect(callState(crashed, 6, false)).toEqual(crashed);
    expect(callState({ name: 'idle' }, 0, false)).toEqual({ name: 'connecting' });
  });
});
