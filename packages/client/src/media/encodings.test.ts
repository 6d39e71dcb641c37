import { describe, expect, it } from 'vitest';
import { encodingsOf, forcedCodec } from './encodings.js';

const hd = { simulcast: true, codec: 'VP8', width: 1280, height: 720, contentHint: '' } as const;

describe('encodingsOf', () => {
  it.each([
    { what: 'HD', input: hd, scales: [4, 2, 1] },
    { what: '960x540', input: { ...hd, width: 960, height: 540 }, scales: [4, 2, 1] },
    { what: '640x480', input: { ...hd, width: 640, height: 480 }, scales: [2, 1] },
    { what: '320x240', input: { ...hd, width: 320, height: 240 }, scales: undefined },
    { what: 'VP9', input: { ...hd, codec: 'VP9' as const }, scales: undefined },
    { what: 'no simulcast', input: { ...hd, simulcast: false }, scales: undefined },
    { what: 'a text', input: { ...hd, contentHint: 'text' }, scales: [1, 1, 1] },
  ])('scales $what down by $scales', ({ input, scales }) => {
    expect(encodingsOf(input)?.map((encoding) => encoding.scaleResolutionDownBy)).toEqual(scales);
  });

  it('gives texts fewer frames instead of fewer pixels', () => {
    const frames = encodingsOf({ ...hd, contentHint: 'detail' })?.map((encoding) => encoding.maxFramerate);
    expect(frames).toEqual([7.5, 15, 30]);
  });
});

describe('forcedCodec', () => {
  const codecs = [
    { mimeType: 'video/VP8', kind: 'video' as const, clockRate: 90_000, preferredPayloadType: 96 },
    { mimeType: 'video/H264', kind: 'video' as const, clockRate: 90_000, preferredPayloadType: 96 },
  ];

  it.each(['NONE', 'MEDIA_SERVER_PREFERRED'] as const)('%s leaves the choice to the browser', (codec) => {
    expect(forcedCodec(codecs, codec)).toBeUndefined();
  });

  it('finds the codec of the session', () => {
    expect(forcedCodec(codecs, 'H264')?.mimeType).toBe('video/H264');
  });

  it('says so when the browser cannot send it', () => {
    expect(() => forcedCodec(codecs, 'VP9')).toThrow("The session forces VP9, which this browser can't send");
  });
});
