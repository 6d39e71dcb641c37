// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { onWakeUp, type WakeUp } from './wake-up.js';

class Connection extends EventTarget {
  type = 'wifi';
}

let stop = (): void => undefined;
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

function listening(connection = new Connection()) {
  Object.defineProperty(navigator, 'connection', { value: connection, configurable: true });
  const heard: WakeUp[] = [];
  stop = onWakeUp((cause) => void heard.push(cause));
  return { heard, connection };
}

it.each<[string, () => EventTarget, WakeUp]>([
  ['online', () => window, 'network'],
  ['pageshow', () => window, 'page'],
  ['resume', () => document, 'page'],
  ['visibilitychange', () => document, 'page'],
])('%s wakes up, until nobody listens any more', (type, target, cause) => {
  const { heard } = listening();
  target().dispatchEvent(new Event(type));
  expect(heard).toEqual([cause]);
  stop();
  target().dispatchEvent(new Event(type));
  expect(heard).toEqual([cause]);
});

it('another kind of network wakes up, another estimate of its speed does not', () => {
  const { heard, connection } = listening();
  connection.dispatchEvent(new Event('change'));
  expect(heard).toEqual([]);
  connection.type = 'cellular';
  connection.dispatchEvent(new Event('change'));
  expect(heard).toEqual(['network']);
});

it('a page that is hidden does not wake up', () => {
  const { heard } = listening();
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(heard).toEqual([]);
  vi.restoreAllMocks();
});
