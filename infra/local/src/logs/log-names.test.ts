import { expect, it } from 'vitest';
import { logNames, noSuchLog } from './log-names.ts';

it('names what has a log, counting as people do, and nothing else in the folder', () => {
  expect(logNames(['media-10.log', 'redis.log', 'media-2.log', 'notes.txt', '.log'])).toEqual([
    'media-2',
    'media-10',
    'redis',
  ]);
});

it('answers an unknown name with those that exist', () => {
  expect(noSuchLog('master-9', ['master-1', 'redis'])).toBe(
    'There is no log of master-9. There are logs of master-1, redis.',
  );
  expect(noSuchLog('master-9', [])).toContain('npm start');
});
