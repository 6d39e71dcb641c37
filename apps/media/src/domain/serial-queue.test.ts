import { describe, expect, it } from 'vitest';
import { SerialQueue } from './serial-queue.js';

/** Tasks that note when they start, and end when the test says so. */
class Tasks {
  readonly started: string[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<string>>();

  task = (name: string) => (): Promise<string> => {
    this.started.push(name);
    return this.#end(name).promise;
  };

  async finish(name: string): Promise<void> {
    this.#end(name).resolve(name);
    await settle();
  }

  async fail(name: string): Promise<void> {
    this.#end(name).reject(new Error(name));
    await settle();
  }

  #end(name: string): PromiseWithResolvers<string> {
    const end = this.#ends.get(name) ?? Promise.withResolvers<string>();
    this.#ends.set(name, end);
    return end;
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('SerialQueue', () => {
  it('runs one key in order and other keys beside it', async () => {
    const queue = new SerialQueue();
    const tasks = new Tasks();
    const results = Promise.all([
      queue.run('a', tasks.task('a1')),
      queue.run('a', tasks.task('a2')),
      queue.run('b', tasks.task('b1')),
    ]);
    await settle();
    expect(tasks.started).toEqual(['a1', 'b1']);
    await tasks.finish('a1');
    expect(tasks.started).toEqual(['a1', 'b1', 'a2']);
    await tasks.finish('b1');
    await tasks.finish('a2');
    await expect(results).resolves.toEqual(['a1', 'a2', 'b1']);
    expect(queue.pending).toBe(0);
  });

  it('runs an exclusive task after everything before it and before everything after it', async () => {
    const queue = new SerialQueue();
    const tasks = new Tasks();
    void queue.run('a', tasks.task('before a'));
    void queue.run('b', tasks.task('before b'));
    void queue.runExclusive(tasks.task('alone'));
    void queue.run('a', tasks.task('after a'));
    void queue.run('c', tasks.task('after c'));
    await settle();
    await tasks.finish('before a');
    expect(tasks.started).toEqual(['before a', 'before b']);
    await tasks.finish('before b');
    expect(tasks.started).toEqual(['before a', 'before b', 'alone']);
    await tasks.finish('alone');
    expect(tasks.started.slice(3)).toEqual(['after a', 'after c']);
  });

  it('goes on after a task that fails, whose caller gets the failure', async () => {
    const queue = new SerialQueue();
    const tasks = new Tasks();
    const failing = queue.run('a', tasks.task('a1'));
    const alone = queue.runExclusive(tasks.task('alone'));
    const next = queue.run('a', tasks.task('a2'));
    const failures = Promise.allSettled([failing, alone]);
    await tasks.fail('a1');
    await tasks.fail('alone');
    await tasks.finish('a2');
    expect((await failures).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(next).resolves.toBe('a2');
    expect(queue.pending).toBe(0);
  });
});
