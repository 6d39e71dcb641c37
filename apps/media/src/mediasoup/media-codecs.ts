import type { types } from 'mediasoup';

/** Bit rate that browsers start to send video with, in kbit/s; without it they take seconds to become sharp. */
const startBitrate = { 'x-google-start-bitrate': 1000 };

/** What routers forward. mediasoup adds retransmission (RTX) to each video codec by itself. */
export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 0 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, parameters: startBitrate },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: {
      'packetization-mode': 1,
      'profile-level-id': '42e01f',
      'level-asymmetry-allowed': 1,
      ...startBitrate,
    },
  },
];
