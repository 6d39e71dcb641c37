import { join } from 'node:path';
import { EventBuffer, eventually, spawnNode } from '@evercall/testing';
import { describe, expect, it } from 'vitest';
import { lockMachineWide, tryLockMachineWide } from '../src/system/machine-lock.ts';

const name = (test: string) => `test-${process.pid}-${test}`;

describe('lockMachineWide', () => {
  it('lets one in at a time, each when the one before has left', async () => {
    const events = new EventBuffer<string>();
    const unlock = await lockMachineWide(name('turns'), () => undefined);
    const enter = async () => {
      const free = await lockMachineWide(name('turns'), () => events.push('waits'));
      events.push('in');
      await free();
    };
    const second = enter();
    await events.next((event) => event === 'waits');
    expect(events.all()).toEqual(['waits']);
    await unlock();
    await second;
    expect(events.all()).toEqual(['waits', 'in']);
  });

  it('is free again when its holder was killed', async () => {
    const lock = name('killed');
    const module = join(import.meta.dirname, '../src/system/machine-lock.ts');
    const script = `import(${JSON.stringify(module)}).then(async ({ lockMachineWide }) => {
      await lockMachineWide(${JSON.stringify(lock)}, () => {}); console.log('held'); setInterval(() => {}, 1000); });`;
    await using holder = await spawnNode({ entry: '-e', args: [script] });
    await eventually(() => holder.output().includes('held'));
    await expect(tryLockMachineWide(lock)).resolves.toBeUndefined();
    holder.kill('SIGKILL');
    const unlock = await lockMachineWide(lock, () => undefined);
    await unlock();
  });
});
