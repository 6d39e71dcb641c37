import type {
  ConsumerInfo,
  JsonObject,
  RtpCapabilities,
  TrackOffer,
  TransportInfo,
} from '@evercall/protocol';
import type { types } from 'mediasoup-client';

/*
 * The protocol passes RTP, ICE and DTLS parameters on as JSON objects that it doesn't read; here, and only here,
 * they get mediasoup's types. mediasoup-client and mediasoup validate them where they use them.
 */

/** JSON that mediasoup made, as the protocol carries it. */
export function toWire(parameters: object): JsonObject {
  return parameters as JsonObject;
}

export function routerCapabilities(capabilities: RtpCapabilities): types.RtpCapabilities {
  return capabilities;
}

export function transportOptions(info: TransportInfo): types.TransportOptions {
  return {
    id: info.id,
    iceParameters: info.iceParameters as types.IceParameters,
    iceCandidates: info.iceCandidates as types.IceCandidate[],
    dtlsParameters: info.dtlsParameters as types.DtlsParameters,
  };
}

export function iceParameters(parameters: JsonObject): types.IceParameters {
  return parameters as types.IceParameters;
}

/** Audio and video of one stream share a stream id, so that the browser keeps them in step. */
export function consumerOptions(info: ConsumerInfo): types.ConsumerOptions {
  return {
    id: info.id,
    producerId: info.producerId,
    kind: info.kind,
    rtpParameters: info.rtpParameters as types.RtpParameters,
    streamId: info.streamId,
  };
}

export function trackOffer(producer: types.Producer): TrackOffer {
  return { kind: producer.kind, rtpParameters: toWire(producer.rtpParameters) };
}
