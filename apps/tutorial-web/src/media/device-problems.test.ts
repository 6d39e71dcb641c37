import type { MediaStatus } from '@evercall/react';
import { expect, it } from 'vitest';
import { deviceProblemsOf } from './device-problems.js';

const titles = (audio: MediaStatus, video: MediaStatus) =>
  deviceProblemsOf(audio, video).map((problem) => problem.notice.title);

it('says nothing while all is well or wanted to be off', () => {
  expect(titles('granted', 'granted')).toEqual([]);
  expect(titles('off', 'prompting')).toEqual([]);
});

it('tells one cause once', () => {
  expect(titles('denied', 'denied')).toEqual(['No permission for the camera and microphone']);
});

it('tells two causes apart', () => {
  expect(titles('inUse', 'noDevice')).toEqual(['No camera found', 'The microphone is in use']);
  expect(titles('granted', 'unplugged')).toEqual(['The camera was unplugged']);
});

it('offers to try again only where that can help', () => {
  expect(deviceProblemsOf('insecureContext', 'insecureContext')).toMatchObject([{ canRetry: false }]);
  expect(deviceProblemsOf('dismissed', 'granted')).toMatchObject([{ devices: ['audio'], canRetry: true }]);
});
