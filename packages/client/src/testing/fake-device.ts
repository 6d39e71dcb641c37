import { Device } from 'mediasoup-client';
import * as fake from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { DeviceCache } from '../media/device-cache.js';
import { toWire } from '../media/wire-media.js';

/** What the network does with transports that are made from now on. */
export interface FakeNetwork {
  /** `false`: they stay `connecting`. */
  reaches: boolean;
  /** The browser's ends of the transports, in the order in which they were made. */
  handlers: FakeHandler[];
}

/** A device that does everything but send packets. */
export function fakeDevice(network: FakeNetwork = { reaches: true, handlers: [] }): Device {
  const factory = FakeHandler.createFactory({
    generateNativeRtpCapabilities: fake.generateNativeRtpCapabilities,
    generateLocalDtlsParameters: fake.generateLocalDtlsParameters,
  });
  return new Device({
    handlerFactory: {
      ...factory,
      factory: (options) => {
        const handler = factory.factory(options);
        if (!(handler instanceof FakeHandler)) throw new TypeError('Not a fake handler');
        network.handlers.push(handler);
        const connect = () => {
          if (network.reaches) handler.setConnectionState('connected');
        };
        handler.on('@connect', () => setTimeout(connect));
        return handler;
      },
    },
  });
}

export const routerCapabilities = toWire(fake.generateRouterRtpCapabilities());

/** A cache of fake devices, empty. */
export function fakeDevices(
  storage?: Pick<Storage, 'getItem' | 'setItem'>,
  network?: FakeNetwork,
): DeviceCache {
  return new DeviceCache({ createDevice: () => fakeDevice(network), storage });
}

/** A consumer as a media node tells it. */
export function fakeConsumer(streamId: string, kind: 'audio' | 'video') {
  const codecMimeType = kind === 'audio' ? 'audio/opus' : 'video/VP8';
  const { id, producerId, rtpParameters } = fake.generateConsumerRemoteParameters({ codecMimeType });
  return {
    id: id ?? '',
    streamId,
    producerId: producerId ?? '',
    kind,
    rtpParameters: toWire(rtpParameters ?? {}),
    producerPaused: false,
  };
}

/** Transport parameters as a media node tells them. */
export function fakeTransport() {
  const { id, iceParameters, iceCandidates, dtlsParameters } = fake.generateTransportRemoteParameters();
  return {
    id,
    iceParameters: toWire(iceParameters),
    iceCandidates: iceCandidates.map(toWire),
    dtlsParameters: toWire(dtlsParameters),
  };
}
