import { describe, expect, it } from 'vitest';
import { WorkerWatch } from './worker-watch.js';

describe('WorkerWatch', () => {
  it('asks again after each answer', () => {
    const watch = new WorkerWatch();
    expect(watch.tick()).toBe('ask');
    watch.answered();
    expect(watch.tick()).toBe('ask');
  });

  it('gives up a worker that leaves a question open for three ticks', () => {
    const watch = new WorkerWatch();
    expect([watch.tick(), watch.tick(), watch.tick(), watch.tick()]).toEqual(['ask', 'wait', 'wait', 'kill']);
  });

  it('forgives a late answer', () => {
    const watch = new WorkerWatch();
    watch.tick();
    watch.tick();
    watch.tick();
    watch.answered();
    expect(watch.tick()).toBe('ask');
  });
});
