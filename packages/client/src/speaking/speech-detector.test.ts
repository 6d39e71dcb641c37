// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakePublisher, installMedia } from '../testing/fake-session.js';
import { fakeTrack } from '../testing/fake-track.js';

/** How loud the microphone is, from 0 to 1. */
let loudness = 0;

beforeEach(() => {
  vi.useFakeTimers();
  installMedia();
  const node = { connect: () => undefined, disconnect: () => undefined };
  vi.stubGlobal(
    'AudioContext',
    class {
      createMediaStreamSource = () => node;
      createAnalyser = () => ({
        ...node,
        fftSize: 0,
        getFloatTimeDomainData: (samples: Float32Array) => samples.fill(loudness),
      });
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('says that somebody stopped to speak when another microphone comes in the middle of a word', async () => {
  const publisher = fakePublisher();
  await publisher.initialize();
  const told: string[] = [];
  publisher.on('publisherStartSpeaking', () => void told.push('start'));
  publisher.on('publisherStopSpeaking', () => void told.push('stop'));
  loudness = 0.5;
  vi.advanceTimersByTime(500);
  expect(told).toEqual(['start']);
  loudness = 0;
  await publisher.replaceTrack(fakeTrack('audio'));
  vi.advanceTimersByTime(5000);
  expect(told).toEqual(['start', 'stop']);
});
