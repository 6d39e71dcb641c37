import { describe, expect, it, vi } from 'vitest';
import { SessionController } from './session-controller.js';
import { FakeSession } from './testing/fake-session.js';

function setUp() {
  const sessions: FakeSession[] = [];
  const controller = new SessionController(() => {
    const session = new FakeSession();
    sessions.push(session);
    return session.asSession;
  });
  const states: string[] = [];
  controller.store.subscribe(() => {
    const { name } = controller.store.get().state;
    if (states.at(-1) !== name) states.push(name);
  });
  return { controller, sessions, states };
}

describe('SessionController', () => {
  it('goes through connecting, connected, reconnecting and back', async () => {
    const { controller, sessions, states } = setUp();
    await controller.connect({ getToken: 'token' });
    sessions[0]?.tell('reconnecting');
    sessions[0]?.tell('reconnected');
    expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
    expect(controller.store.get().session).toBe(sessions[0]);
  });

  it('tells why it ended, and can be joined again with another session object', async () => {
    const { controller, sessions } = setUp();
    await controller.connect({ getToken: 'token' });
    sessions[0]?.tell('sessionDisconnected', { reason: 'nodeCrashed' });
    expect(controller.store.get()).toEqual({
      state: { name: 'ended', reason: 'nodeCrashed' },
      session: undefined,
    });
    await controller.connect({ getToken: async () => 'token' });
    expect(controller.store.get().session).toBe(sessions[1]);
  });

  it('shows a token that could not be had as failed', async () => {
    const { controller } = setUp();
    const error = new Error('no backend');
    await controller.connect({ getToken: () => Promise.reject(error) });
    expect(controller.store.get().state).toEqual({ name: 'failed', error });
  });

  it('makes no session when it was left while the token was fetched', async () => {
    const { controller, sessions, states } = setUp();
    let seen: AbortSignal | undefined;
    let give: (token: string) => void = () => undefined;
    const connecting = controller.connect({
      getToken: (signal) => {
        seen = signal;
        return new Promise<string>((resolve) => {
          give = resolve;
        });
      },
    });
    controller.leave();
    give('token');
    await connecting;
    expect(seen?.aborted).toBe(true);
    expect(sessions).toEqual([]);
    expect(states).toEqual(['connecting', 'ended']);
  });

  it('joins once, however often it is asked', async () => {
    const { controller, sessions } = setUp();
    await Promise.all([controller.connect({ getToken: 'token' }), controller.connect({ getToken: 'token' })]);
    expect(sessions).toHaveLength(1);
  });

  it('leaves once', async () => {
    const { controller, sessions } = setUp();
    await controller.connect({ getToken: 'token' });
    const disconnect = vi.spyOn(sessions[0]!, 'disconnect');
    controller.leave();
    controller.leave();
    expect(disconnect).toHaveBeenCalledTimes(1);
    expect(controller.store.get().state).toEqual({ name: 'ended', reason: 'disconnect' });
  });
});
