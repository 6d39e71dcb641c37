import { IdFactory } from '@evercall/protocol';
import { capture } from '../devices/capture.js';
import { listDevices } from '../devices/list-devices.js';
import { canShareScreen } from '../devices/support.js';
import { platformOf } from '../engine/platform.js';
import { log } from '../log.js';
import { isBrowserSupported } from '../media/browser-support.js';
import { pageDevices } from '../media/device-cache.js';
import { SignalConnection } from '../signal/signal-connection.js';
import { OpenViduError, OpenViduErrorName } from './openvidu-error.js';
import type { Device, OpenViduAdvancedConfiguration, PublisherProperties } from './properties.js';
import { Publisher } from './publisher.js';
import { type Done, Session, type Target } from './session.js';
import { toOpenViduError } from './to-openvidu-error.js';

/** Where an application starts. */
export class OpenVidu {
  readonly #ids = new IdFactory((length) => crypto.getRandomValues(new Uint8Array(length)));
  #configuration: OpenViduAdvancedConfiguration = {};

  /** Makes a session to connect to. */
  initSession(): Session {
    return new Session({
      openWire: (origin) => (handlers) => SignalConnection.open(origin, handlers),
      devices: pageDevices,
      ids: this.#ids,
      random: Math.random,
      platform: platformOf(navigator),
      configuration: () => this.#configuration,
    });
  }

  /**
   * Captures devices to publish, and shows them in `target` if one is given. `done` hears of success and failure,
   * as do `accessAllowed` and `accessDenied`.
   */
  initPublisher(
    target?: Target,
    ...rest: [done?: Done] | [properties?: PublisherProperties, done?: Done]
  ): Publisher {
    const [first, second] = rest;
    const publisher = this.#createPublisher(target, typeof first === 'object' ? first : {});
    const completed = typeof first === 'function' ? first : second;
    publisher.initialize().then(
      () => completed?.(),
      (error: unknown) => {
        if (completed) completed(toOpenViduError(error));
        else log.warn('nothing to publish was captured', error);
      },
    );
    return publisher;
  }

  /**
   * As `initPublisher()`; resolves when the devices are captured.
   * @throws {OpenViduError}
   */
  async initPublisherAsync(target?: Target, properties: PublisherProperties = {}): Promise<Publisher> {
    const publisher = this.#createPublisher(target, properties);
    await publisher.initialize();
    return publisher;
  }

  /** Whether this browser can take part in a session. */
  checkSystemRequirements(): boolean {
    return isBrowserSupported();
  }

  /** Whether this page can capture a screen. */
  checkScreenSharingCapabilities(): boolean {
    return canShareScreen();
  }

  /** The input devices; their labels are empty until the user allowed one. */
  getDevices(): Promise<Device[]> {
    return listDevices();
  }

  /**
   * Captures without publishing.
   * @throws {OpenViduError}
   */
  getUserMedia(properties: PublisherProperties): Promise<MediaStream> {
    return capture(properties);
  }

  /** Writes nothing to the console any more. */
  enableProdMode(): void {
    log.silence();
  }

  /** Holds for everything that starts afterwards. */
  setAdvancedConfiguration(configuration: OpenViduAdvancedConfiguration): void {
    this.#configuration = configuration;
  }

  #createPublisher(target: Target | undefined, properties: PublisherProperties): Publisher {
    if (!isBrowserSupported()) {
      throw new OpenViduError(OpenViduErrorName.BROWSER_NOT_SUPPORTED, 'This browser has no WebRTC');
    }
    const speaking = this.#configuration.publisherSpeakingEventsOptions ?? {};
    return new Publisher({ target, properties, speaking, capture });
  }
}
