import { Device } from 'mediasoup-client';
import * as fake from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { DeviceCache } from '../media/device-cache.js';
import { toWire } from '../media/wire-media.js';

/** A device that does everything but send packets. */
export function fakeDevice(): Device {
  return new Device({
    handlerFactory: FakeHandler.createFactory({
      generateNativeRtpCapabilities: fake.generateNativeRtpCapabilities,
      generateLocalDtlsParameters: fake.generateLocalDtlsParameters,
    }),
  });
}

export const routerCapabilities = toWire(fake.generateRouterRtpCapabilities());

/** A cache of fake devices, empty. */
export function fakeDevices(storage?: Pick<Storage, 'getItem' | 'setItem'>): DeviceCache {
  return new DeviceCache({ createDevice: fakeDevice, storage });
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
