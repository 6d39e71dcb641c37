import { JsonObject, type RtpCapabilities } from '@evercall/protocol';
import { Device } from 'mediasoup-client';
import { log } from '../log.js';
import { routerCapabilities, toWire } from './wire-media.js';

const storageKey = 'evercall.capabilities';

/** A loaded device with the hash of the router capabilities that it was loaded with. */
export interface LoadedDevice {
  hash: string;
  device: Device;
}

export interface DeviceCacheOptions {
  createDevice: () => Device;
  /** Where the last capabilities outlive the page. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
}

/**
 * Devices by the hash of the router's capabilities. As long as the routers' codecs stay the same, a join needs no
 * question about them: one round trip.
 */
export class DeviceCache {
  readonly #options: DeviceCacheOptions;
  readonly #devices = new Map<string, Promise<Device>>();
  #latest: LoadedDevice | undefined;

  constructor(options: DeviceCacheOptions) {
    this.#options = options;
  }

  /** What a join can offer: the device that was loaded last, in this page or an earlier one. */
  async latest(): Promise<LoadedDevice | undefined> {
    if (this.#latest) return this.#latest;
    const stored = this.#read();
    if (!stored) return undefined;
    try {
      return await this.load(stored.hash, stored.rtpCapabilities);
    } catch (error) {
      log.warn('stored capabilities are of no use', error);
      return undefined;
    }
  }

  /**
   * Loads a device once for each hash.
   * @throws {Error} the browser is not supported, or the capabilities are no RTP capabilities
   */
  async load(hash: string, rtpCapabilities: RtpCapabilities): Promise<LoadedDevice> {
    let loading = this.#devices.get(hash);
    if (!loading) {
      loading = this.#load(rtpCapabilities);
      this.#devices.set(hash, loading);
    }
    try {
      this.#latest = { hash, device: await loading };
    } catch (error) {
      this.#devices.delete(hash);
      throw error;
    }
    this.#write(hash, rtpCapabilities);
    return this.#latest;
  }

  async #load(rtpCapabilities: RtpCapabilities): Promise<Device> {
    const device = this.#options.createDevice();
    await device.load({ routerRtpCapabilities: routerCapabilities(rtpCapabilities) });
    return device;
  }

  #read(): { hash: string; rtpCapabilities: RtpCapabilities } | undefined {
    try {
      const stored = JsonObject.safeParse(JSON.parse(this.#options.storage?.getItem(storageKey) ?? 'null'));
      if (!stored.success) return undefined;
      const capabilities = JsonObject.safeParse(stored.data['rtpCapabilities']);
      const hash = stored.data['hash'];
      if (typeof hash !== 'string' || !capabilities.success) return undefined;
      return { hash, rtpCapabilities: capabilities.data };
    } catch (error) {
      log.warn('stored capabilities are unreadable', error);
      return undefined;
    }
  }

  #write(hash: string, rtpCapabilities: RtpCapabilities): void {
    try {
      this.#options.storage?.setItem(storageKey, JSON.stringify({ hash, rtpCapabilities }));
    } catch (error) {
      // A full or forbidden storage costs one round trip at the next join.
      log.warn('capabilities could not be stored', error);
    }
  }
}

/** RTP capabilities that a loaded device can receive, for the wire. */
export function receivable(loaded: LoadedDevice | undefined): RtpCapabilities {
  return loaded ? toWire(loaded.device.recvRtpCapabilities) : {};
}

function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch (error) {
    // Browsers throw on access when cookies are blocked.
    log.warn('no local storage', error);
    return undefined;
  }
}

/** The page's own cache. */
export const pageDevices = new DeviceCache({ createDevice: () => new Device(), storage: browserStorage() });
