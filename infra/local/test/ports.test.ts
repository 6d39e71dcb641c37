import { describe, expect, it } from 'vitest';
import { chooseFreePorts } from '../src/cluster/choose-ports.ts';
import { parseSettings } from '../src/settings.ts';

describe('chooseFreePorts', () => {
  it('gives no two clusters the same port, also while nothing listens on any', async () => {
    const settings = parseSettings({});
    const [one, other] = [await chooseFreePorts(settings), await chooseFreePorts(settings)];
    const nodes = [one, other].map(({ masters, media, rtc }) => [...masters, ...media, ...rtc]);
    expect(new Set(nodes.flat()).size).toBe(48);
    await one.release?.();
    await other.release?.();
  });

  it('has ports for each start, when the cluster before has stopped', async () => {
    const settings = parseSettings({});
    let masters: readonly number[] = [];
    for (let start = 0; start < 12; start += 1) {
      const ports = await chooseFreePorts(settings);
      masters = ports.masters;
      await ports.release?.();
    }
    expect(masters).toHaveLength(8);
  });
});
