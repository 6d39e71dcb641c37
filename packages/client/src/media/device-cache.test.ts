import { describe, expect, it, vi } from 'vitest';
import { fakeDevice, fakeDevices, routerCapabilities } from '../testing/fake-device.js';
import { DeviceCache, receivable } from './device-cache.js';

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  };
}

describe('DeviceCache', () => {
  it('offers nothing before the codecs were told', async () => {
    expect(await fakeDevices().latest()).toBeUndefined();
    expect(receivable(undefined)).toEqual({});
  });

  it('loads a device once for each hash, also when it is wanted twice at once', async () => {
    const createDevice = vi.fn<typeof fakeDevice>(fakeDevice);
    const devices = new DeviceCache({ createDevice, storage: undefined });
    const [first, second] = await Promise.all([
      devices.load('a', routerCapabilities),
      devices.load('a', routerCapabilities),
    ]);
    expect(first.device).toBe(second.device);
    await devices.load('b', routerCapabilities);
    expect(createDevice).toHaveBeenCalledTimes(2);
    expect((await devices.latest())?.hash).toBe('b');
  });

  it('remembers the last codecs for the next page', async () => {
    const storage = memory();
    await fakeDevices(storage).load('a', routerCapabilities);
    const latest = await fakeDevices(storage).latest();
    expect(latest?.hash).toBe('a');
    expect(receivable(latest)).toHaveProperty('codecs');
  });

  it.each(['', 'nonsense', '{}', '{"hash":1}', '{"hash":"a","rtpCapabilities":{"codecs":7}}'])(
    'makes nothing of a storage that holds %j',
    async (value) => {
      vi.spyOn(console, 'warn').mockImplementation(() => undefined);
      const devices = fakeDevices({ getItem: () => value, setItem: () => undefined });
      expect(await devices.latest()).toBeUndefined();
    },
  );

  it('tries again after codecs that could not be loaded', async () => {
    const devices = fakeDevices();
    await expect(devices.load('a', { codecs: 7 })).rejects.toBeInstanceOf(TypeError);
    expect((await devices.load('a', routerCapabilities)).hash).toBe('a');
  });
});
