import { describe, expect, it, vi } from 'vitest';
import { EventDispatcher } from './event-dispatcher.js';

class Bell extends EventDispatcher<{ ring: number; stop: undefined }> {
  ring(times: number): void {
    this.emit('ring', times);
  }
}

describe('EventDispatcher', () => {
  it('calls listeners in their order, and one-time listeners once', () => {
    const bell = new Bell();
    const heard: string[] = [];
    bell
      .once('ring', (times) => void heard.push(`once ${times}`))
      .on('ring', (times) => void heard.push(`on ${times}`));
    bell.ring(1);
    bell.ring(2);
    expect(heard).toEqual(['once 1', 'on 1', 'on 2']);
  });

  it('stops calling one listener, or all', () => {
    const bell = new Bell();
    const [first, second] = [vi.fn<(value?: unknown) => void>(), vi.fn<(value?: unknown) => void>()];
    bell.on('ring', first).on('ring', second).off('ring', first);
    bell.ring(1);
    bell.off('ring');
    bell.ring(2);
    expect([first.mock.calls, second.mock.calls]).toEqual([[], [[1]]]);
  });

  it('calls the others when one throws, whose error is not swallowed', () => {
    const thrown: (() => void)[] = [];
    vi.stubGlobal('queueMicrotask', (task: () => void) => void thrown.push(task));
    const bell = new Bell();
    const second = vi.fn<(value?: unknown) => void>();
    bell.on('ring', () => {
      throw new Error('mine');
    });
    bell.on('ring', second);
    bell.ring(1);
    vi.unstubAllGlobals();
    expect(second).toHaveBeenCalledWith(1);
    expect(thrown[0]).toThrow('mine');
  });
});
