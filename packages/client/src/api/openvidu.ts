import type { Device, OpenViduAdvancedConfiguration, PublisherProperties } from './properties.js';
import type { Publisher } from './publisher.js';
import type { Session } from './session.js';

export declare class OpenVidu {
  initSession(): Session;
  initPublisher(target?: string | HTMLElement, done?: (error?: Error) => void): Publisher;
  initPublisher(
    target: string | HTMLElement | undefined,
    properties: PublisherProperties,
    done?: (error?: Error) => void,
  ): Publisher;
  initPublisherAsync(target?: string | HTMLElement, properties?: PublisherProperties): Promise<Publisher>;
  checkSystemRequirements(): boolean;
  checkScreenSharingCapabilities(): boolean;
  getDevices(): Promise<Device[]>;
  getUserMedia(properties: PublisherProperties): Promise<MediaStream>;
  enableProdMode(): void;
  setAdvancedConfiguration(configuration: OpenViduAdvancedConfiguration): void;
}
