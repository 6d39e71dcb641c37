import { expect, it, vi } from 'vitest';
import { Sound } from './sound.js';

it('starts all that is held back at one click', async () => {
  const sound = new Sound();
  const plays = [0, 1].map(() => vi.fn<() => Promise<void>>(async () => undefined));
  for (const play of plays) sound.hold(play);
  expect(sound.store.get().isBlocked).toBe(true);
  sound.open();
  for (const play of plays) expect(play).toHaveBeenCalledTimes(1);
  expect(sound.store.get().isBlocked).toBe(false);
});

it('holds back again what is still refused', async () => {
  const sound = new Sound();
  sound.hold(() => Promise.reject(new DOMException('not yet', 'NotAllowedError')));
  sound.open();
  await expect.poll(() => sound.store.get().isBlocked).toBe(true);
});

it('forgets a tile that is gone, also while it is being started', async () => {
  const sound = new Sound();
  let refuse: (error: Error) => void = () => undefined;
  const playing = new Promise<void>((_resolve, reject) => {
    refuse = reject;
  });
  const release = sound.hold(() => playing);
  sound.open();
  release();
  refuse(new Error('gone'));
  await expect(playing).rejects.toThrow('gone');
  expect(sound.store.get().isBlocked).toBe(false);

  sound.hold(async () => undefined)();
  expect(sound.store.get().isBlocked).toBe(false);
});
