import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StateGate } from './state-gate.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const away = { code: 'STATE_UNAVAILABLE' };

describe('StateGate', () => {
  it('lets wait what comes too early, for a while', async () => {
    const gate = new StateGate(2000);
    const early = gate.through('open', async () => 'done');
    await gate.settle(1);
    gate.open();
    expect(await early).toBe('done');
    gate.shut();
    const late = gate.through('open', async () => 'done').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await late).toMatchObject(away);
  });

  it('lets only those pass while it settles who tell what they remember', async () => {
    const gate = new StateGate(2000);
    await gate.settle(1);
    expect(await gate.through('settling', async () => 'told')).toBe('told');
    const ordinary = vi.fn<() => Promise<void>>();
    void gate.through('open', ordinary).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ordinary).not.toHaveBeenCalled();
    gate.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(ordinary).toHaveBeenCalledOnce();
  });

  it('gives up what is under way when it shuts: nobody knows what became of it', async () => {
    const gate = new StateGate(2000);
    await gate.settle(1);
    gate.open();
    const underWay = gate.through('open', () => new Promise(() => undefined));
    gate.shut();
    await expect(underWay).rejects.toMatchObject(away);
  });

  it('tells of a later epoch as a loss, not of the first', async () => {
    const gate = new StateGate(2000);
    const heard: unknown[] = [];
    gate.onGreeted(async (greeting) => void heard.push(greeting));
    for (const epoch of [1, 1, 2]) {
      await gate.settle(epoch);
      gate.shut();
    }
    expect(heard).toEqual([
      { epoch: 1, isLossy: false },
      { epoch: 1, isLossy: false },
      { epoch: 2, isLossy: true },
    ]);
  });

  it('waits for everybody who has something to tell', async () => {
    const gate = new StateGate(2000);
    let told = false;
    gate.onGreeted(async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      told = true;
    });
    gate.onGreeted(async () => Promise.reject(new Error('could not')));
    const settled = gate.settle(1).then(() => expect(told).toBe(true));
    await vi.advanceTimersByTimeAsync(500);
    await settled;
  });
});
