import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { installBrowser } from './testing/fake-browser.js';
import { FakeSession } from './testing/fake-session.js';
import { withSession } from './testing/with-session.js';
import { useLocalMedia } from './use-local-media.js';
import { usePublisher } from './use-publisher.js';
import { useScreenShare } from './use-screen-share.js';
import { useSession } from './use-session.js';
import { useSignals } from './use-signals.js';

beforeAll(installBrowser);
afterEach(cleanup);

it('gives the same objects again while nothing changes', () => {
  const { wrapper } = withSession(new FakeSession());
  const { result, rerender } = renderHook(
    () => ({
      session: useSession({ getToken: 'token' }),
      media: useLocalMedia({ audio: false, video: false }),
      publisher: usePublisher({ audioTrack: undefined, videoTrack: undefined }),
      screen: useScreenShare(),
      signals: useSignals('chat'),
    }),
    { wrapper },
  );
  const before = result.current;
  rerender();
  expect(result.current).not.toBe(before);
  for (const [name, value] of Object.entries(before)) {
    expect({ [name]: Object.is(value, Reflect.get(result.current, name)) }).toEqual({ [name]: true });
  }
});

it('refuses to send where there is no session, with the error of the SDK', async () => {
  const { wrapper } = withSession(undefined, { state: { name: 'idle' } });
  const { result } = renderHook(() => useSignals('chat'), { wrapper });
  await expect(result.current.send('hello')).rejects.toMatchObject({ name: 'OPENVIDU_NOT_CONNECTED' });
});
