import { installMedia } from './fake-media.js';

/** Sizes that elements are told to have. */
class FakeResizeObserver {
  static readonly all = new Set<FakeResizeObserver>();
  readonly #tell: ResizeObserverCallback;
  readonly elements = new Set<Element>();

  constructor(tell: ResizeObserverCallback) {
    this.#tell = tell;
    FakeResizeObserver.all.add(this);
  }

  observe(element: Element): void {
    this.elements.add(element);
  }

  unobserve(element: Element): void {
    this.elements.delete(element);
  }

  disconnect(): void {
    this.elements.clear();
  }

  resize(width: number, height: number): void {
    for (const target of this.elements) {
      const contentRect = { width, height } as DOMRectReadOnly;
      this.#tell([{ target, contentRect } as ResizeObserverEntry], this);
    }
  }
}

/** Gives jsdom what the components need: media, sizes, and a play() that succeeds. */
export function installBrowser(): void {
  installMedia();
  HTMLMediaElement.prototype.play = async () => undefined;
  Object.assign(globalThis, { ResizeObserver: FakeResizeObserver });
}

/** Gives every element that is watched this inner size, in CSS pixels. */
export function resizeAll(width: number, height: number): void {
  for (const observer of FakeResizeObserver.all) observer.resize(width, height);
}

/** A computer's devices, as a browser lists them. */
export class FakeDevices extends EventTarget {
  #found: MediaDeviceInfo[];

  constructor(found: readonly (readonly [MediaDeviceKind, string, string])[]) {
    super();
    this.#found = found.map(deviceInfo);
  }

  /** Gives the browser these devices. */
  static install(found: readonly (readonly [MediaDeviceKind, string, string])[]): FakeDevices {
    const value = new FakeDevices(found);
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value });
    return value;
  }

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return this.#found;
  }

  /** Kind, id and label of each. */
  change(found: readonly (readonly [MediaDeviceKind, string, string])[]): void {
    this.#found = found.map(deviceInfo);
    this.dispatchEvent(new Event('devicechange'));
  }
}

function deviceInfo([kind, deviceId, label]: readonly [MediaDeviceKind, string, string]): MediaDeviceInfo {
  return { kind, deviceId, label, groupId: '' } as MediaDeviceInfo;
}
