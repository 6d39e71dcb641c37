import { describe, expect, it } from 'vitest';
import { InterruptionMeter } from './interruption-meter.js';

/** Something arrives every `every` ms, from `from` to `to`. */
function stream(
  meter: InterruptionMeter,
  { track = 'ann', medium = 'video' as const, from, to, every = 33 }: StreamOptions,
): void {
  for (let at = from; at <= to; at += every) meter.arrived(medium, track, at);
}
interface StreamOptions {
  track?: string;
  medium?: 'video' | 'audio';
  from: number;
  to: number;
  every?: number;
}

describe('InterruptionMeter', () => {
  it('measures the longest wait around a fault, and what is normal before it', () => {
    const meter = new InterruptionMeter();
    stream(meter, { from: 0, to: 9900, every: 30 });
    meter.begin('media-1: kill', 9910);
    stream(meter, { from: 10_500, to: 20_000, every: 30 });
    expect(meter.incidents(20_000)).toMatchObject([
      {
        labels: ['media-1: kill'],
        signallingMs: 0,
        video: { ms: 600, normalMs: 30 },
        audio: undefined,
        isSettled: true,
      },
    ]);
  });

  it('takes the worst of all tracks, and counts a wait that lasts', () => {
    const meter = new InterruptionMeter();
    for (const track of ['ann', 'bob']) stream(meter, { track, from: 0, to: 9900 });
    meter.begin('kill', 9900);
    stream(meter, { track: 'ann', from: 9933, to: 12_000 });
    const [now] = meter.incidents(12_000);
    expect(now?.video?.ms).toBeGreaterThan(2000);
    expect(now?.isSettled).toBe(false);
  });

  it('shows normal jitter where nothing was interrupted', () => {
    const meter = new InterruptionMeter();
    stream(meter, { medium: 'audio', from: 0, to: 30_000, every: 20 });
    meter.begin('master-1: kill', 15_000);
    meter.linkLost(15_100);
    meter.linkBack(15_230);
    expect(meter.incidents(29_990)).toMatchObject([
      { signallingMs: 130, audio: { ms: 20, normalMs: 20 }, video: undefined },
    ]);
  });

  it('takes nothing for normal that another fault has cost just before', () => {
    const meter = new InterruptionMeter();
    stream(meter, { from: 0, to: 9900, every: 30 });
    meter.begin('media-1: kill', 9910);
    stream(meter, { from: 11_400, to: 15_990, every: 30 });
    meter.begin('media-2: kill', 15_995);
    stream(meter, { from: 16_690, to: 18_000, every: 30 });
    expect(meter.incidents(18_000)).toMatchObject([
      { labels: ['media-2: kill'], video: { ms: 700, normalMs: 30 } },
      { labels: ['media-1: kill'], video: { ms: 1500, normalMs: 30 } },
    ]);
  });

  it('expects nothing of who muted or left', () => {
    const meter = new InterruptionMeter();
    stream(meter, { from: 0, to: 5000 });
    meter.rest('video', 'ann');
    meter.begin('kill', 6000);
    stream(meter, { from: 12_000, to: 20_000 });
    expect(meter.incidents(20_000)[0]?.video?.ms).toBe(33);
  });

  it('finds the wait that began before anybody saw what broke', () => {
    const meter = new InterruptionMeter();
    stream(meter, { from: 0, to: 10_000 });
    meter.observed('media-1 lost', 12_200);
    stream(meter, { from: 12_300, to: 20_000 });
    const [incident] = meter.incidents(21_000);
    expect(incident?.labels).toEqual(['media-1 lost']);
    expect(incident?.video?.ms).toBeGreaterThan(2290);
    expect(incident?.video?.normalMs).toBe(33);
  });

  it('keeps consequences with their cause, and later faults apart', () => {
    const meter = new InterruptionMeter();
    meter.begin('master-1: kill', 1000);
    meter.linkLost(1050);
    meter.observed('connection cut', 1050);
    meter.observed('connection cut', 1060);
    meter.linkBack(1200);
    meter.observed('master-1 lost', 2000);
    meter.begin('media-1: kill', 20_000);
    expect(meter.incidents(20_100).map(({ labels }) => labels)).toEqual([
      ['media-1: kill'],
      ['master-1: kill', 'connection cut', 'master-1 lost'],
    ]);
    expect(meter.incidents(20_100)[0]?.signallingMs).toBe(0);
  });

  it('is not over before the connection is back for a while, but some time', () => {
    const meter = new InterruptionMeter();
    meter.begin('kill', 0);
    meter.linkLost(100);
    expect(meter.incidents(30_000)[0]).toMatchObject({ isSettled: false, signallingMs: 29_900 });
    meter.linkBack(30_100);
    expect(meter.incidents(32_000)[0]?.isSettled).toBe(false);
    expect(meter.incidents(33_200)[0]).toMatchObject({ isSettled: true, signallingMs: 30_000 });

    meter.begin('kill', 100_000);
    meter.linkLost(100_100);
    expect(meter.incidents(161_000)[0]?.isSettled).toBe(true);
  });
});
