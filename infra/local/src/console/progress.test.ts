import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

function output(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => written.push(text), text: () => written.join('') };
}

describe('Progress', () => {
  it('does not mention a step that takes no time', async () => {
    const out = output(false);
    await expect(new Progress(out).step('building', async () => 42)).resolves.toBe(42);
    expect(out.text()).toBe('');
  });

  it('writes whole lines where there is no terminal, one for each ten percent', async () => {
    const out = output(false);
    const times = [0, 61_500];
    const progress = new Progress(out, () => times.shift() ?? 0);
    await progress.step('building', async ({ detail, count }) => {
      detail('compiling');
      for (let done = 0; done <= 200; done += 1) count(done, 200);
    });
    const percents = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map(
      (percent) => `evercall: compiling ${percent} %`,
    );
    expect(out.text()).toBe(
      ['evercall: compiling…', ...percents, 'evercall: compiling: 61.5 s', ''].join('\n'),
    );
  });

  it('keeps to one line on a terminal', async () => {
    const out = output(true);
    await new Progress(out).step('building', async ({ detail, count }) => {
      detail('compiling');
      count(1, 2);
      count(2, 2);
    });
    expect(out.text().match(/\n/g)).toHaveLength(1);
    expect(out.text()).toContain('\r\u001b[Kevercall: compiling [2/2]');
  });

  it('says that a step failed, and lets the error through', async () => {
    const out = output(false);
    const work = new Progress(out).step('building', async ({ detail }) => {
      detail('compiling');
      throw new Error('no compiler');
    });
    await expect(work).rejects.toThrow('no compiler');
    expect(out.text()).toContain('compiling: failed');
  });
});
