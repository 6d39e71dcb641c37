import type { TransportInfo } from '@evercall/protocol';
import type { types } from 'mediasoup';
import { toJson } from '../mediasoup/read-parameters.js';

/** One direction of one connection: mediasoup's transport and whether the browser's end is known. */
export class TransportMedia {
  readonly transport: types.WebRtcTransport;
  /** The browser's DTLS parameters have been given; mediasoup accepts them only once. */
  connected = false;

  /** @param onFailed - Called at most once, when DTLS or ICE broke for good; not when it is closed from here. */
  constructor(transport: types.WebRtcTransport, onFailed: () => void) {
    this.transport = transport;
    let failed = false;
    const fail = (): void => {
      if (failed) return;
      failed = true;
      onFailed();
    };
    transport.on('dtlsstatechange', (state) => {
      if (state === 'failed' || state === 'closed') fail();
    });
    transport.on('icestatechange', (state) => {
      if (state === 'disconnected') fail();
    });
  }

  /** What the browser needs to create its end. */
  info(): TransportInfo {
    const { id, iceParameters, iceCandidates, dtlsParameters } = this.transport;
    return {
      id,
      iceParameters: toJson(iceParameters),
      iceCandidates: iceCandidates.map(toJson),
      dtlsParameters: toJson(dtlsParameters),
    };
  }

  /** Ends the transport, and with it mediasoup's producers and consumers on it. */
  close(): void {
    this.transport.close();
  }
}
