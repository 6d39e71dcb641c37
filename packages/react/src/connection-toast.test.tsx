import { act, cleanup, render, renderHook, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConnectionToast } from './connection-toast.js';
import { useSessionContext } from './session-context.js';
import { FakeSession } from './testing/fake-session.js';
import { withSession } from './testing/with-session.js';
import { useConnectionState } from './use-connection-state.js';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function goOnline(online: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online);
  act(() => void window.dispatchEvent(new Event(online ? 'online' : 'offline')));
}

describe('useConnectionState', () => {
  it('tells what is interrupted, while it changes', () => {
    const session = new FakeSession();
    const { wrapper, change } = withSession(session);
    const { result } = renderHook(() => useConnectionState(), { wrapper });
    expect(result.current).toEqual({ name: 'connected' });
    change({ name: 'reconnecting' });
    expect(result.current).toEqual({ name: 'reconnecting', interruption: 'socket' });
    session.mediaIsMoving = true;
    act(() => session.tell('servedByChanged'));
    expect(result.current).toEqual({ name: 'reconnecting', interruption: 'media' });
    goOnline(false);
    expect(result.current).toEqual({ name: 'reconnecting', interruption: 'offline' });
    goOnline(true);
    change({ name: 'ended', reason: 'networkDisconnect' }, undefined);
    expect(result.current).toEqual({ name: 'ended', reason: 'networkDisconnect' });
  });

  it('is the same object until something changes, and goes without a provider', () => {
    const source = { state: { name: 'reconnecting' } as const, session: new FakeSession().asSession };
    const { result, rerender } = renderHook(() => useConnectionState(source));
    const before = result.current;
    expect(before).toEqual({ name: 'reconnecting', interruption: 'socket' });
    rerender();
    expect(result.current).toBe(before);
  });

  it('says what is missing', () => {
    expect(() => renderHook(() => useConnectionState())).toThrow('needs a <SessionProvider>');
    expect(() => renderHook(() => useSessionContext())).toThrow('needs a <SessionProvider>');
  });
});

describe('ConnectionToast', () => {
  it('is a status that is there before it says something', () => {
    const { wrapper, change } = withSession(new FakeSession());
    render(<ConnectionToast className="toast" />, { wrapper });
    const toast = screen.getByRole('status');
    expect(toast.textContent).toBe('');
    expect(toast.hasAttribute('data-kind')).toBe(false);
    change({ name: 'reconnecting' });
    expect(screen.getByRole('status')).toBe(toast);
    expect(toast).toMatchObject({ className: 'toast', dataset: { kind: 'reconnecting' } });
    expect(toast.textContent).toContain('interrupted');
    change({ name: 'connected' });
    expect(toast.textContent).toBe('');
  });

  it('says what the application does, in its words', () => {
    const messages = { rebuilding: (attempt: number) => `wir bauen neu (${attempt})` };
    render(<ConnectionToast notice={{ kind: 'rebuilding', attempt: 2 }} messages={messages} />);
    expect(screen.getByRole('status').textContent).toBe('wir bauen neu (2)');
  });

  it('takes its words from the provider, and lets itself be drawn', () => {
    const { wrapper } = withSession(new FakeSession(), {
      state: { name: 'connecting' },
      messages: { connection: { connecting: 'Verbinden…' } },
    });
    render(
      <ConnectionToast>
        {(text, { kind }) => (
          <b>
            {kind}: {text}
          </b>
        )}
      </ConnectionToast>,
      { wrapper },
    );
    expect(screen.getByRole('status').innerHTML).toBe('<b>connecting: Verbinden…</b>');
  });

  it('says nothing when there is nothing to say, whatever the session does', () => {
    const { wrapper } = withSession(new FakeSession(), { state: { name: 'reconnecting' } });
    render(<ConnectionToast notice={undefined} />, { wrapper });
    expect(screen.getByRole('status').textContent).toBe('');
  });
});
