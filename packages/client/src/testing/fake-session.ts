import type { SessionEventMap } from '../api/event-maps.js';
import type { OpenViduAdvancedConfiguration, PublisherProperties } from '../api/properties.js';
import { Publisher } from '../api/publisher.js';
import { Session } from '../api/session.js';
import type { FakeCluster } from './fake-cluster.js';
import { fakeDevices, routerCapabilities } from './fake-device.js';
import { agreeableCluster } from './fake-engine.js';
import { FakeMediaStream, fakeTrack } from './fake-track.js';
import { ids } from './fixtures.js';

export const token = 'ws://localhost:4443?sessionId=room&token=tok_Abcdefghijklmnop';

/** jsdom plays nothing and has no MediaStream. */
export function installMedia(): void {
  Object.assign(globalThis, { MediaStream: FakeMediaStream });
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { writable: true, value: null });
}

/** A session on a fake cluster, with the names of its events in order. */
export async function fakeSession(
  cluster: FakeCluster = agreeableCluster(),
  configuration: OpenViduAdvancedConfiguration = {},
) {
  const devices = fakeDevices();
  await devices.load('hash-1', routerCapabilities);
  const session = new Session({
    openWire: () => cluster.open,
    devices,
    ids,
    random: () => 0,
    platform: 'test',
    configuration: () => configuration,
  });
  const heard: string[] = [];
  const types: (keyof SessionEventMap)[] = [
    'connectionCreated',
    'connectionDestroyed',
    'connectionPropertyChanged',
    'streamCreated',
    'streamDestroyed',
    'streamPropertyChanged',
    'sessionDisconnected',
    'reconnecting',
    'reconnected',
  ];
  for (const type of types) session.on(type, () => void heard.push(type));
  return { session, cluster, heard };
}

/** A publisher whose devices are there at once. */
export function fakePublisher(
  properties: PublisherProperties = {},
  capture: (properties: PublisherProperties) => Promise<MediaStream> = async () => fakeCapture(),
): Publisher {
  return new Publisher({ target: undefined, properties, speaking: {}, capture });
}

/** A camera and a microphone. */
export function fakeCapture(): MediaStream {
  return new MediaStream([fakeTrack('audio'), fakeTrack('video', { width: 640, height: 480 })]);
}
