import { detectDevice } from 'mediasoup-client';

/** Whether this browser can send and receive media at all. */
export function isBrowserSupported(): boolean {
  return typeof RTCPeerConnection === 'function' && detectDevice() !== undefined;
}
