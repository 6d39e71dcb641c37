import { expect, it } from 'vitest';
import { arrivals, readAudio } from './audio-arrivals.js';

const reading = (packets: number, lastAt: number, ssrc = 1) => ({ ssrc, packets, lastAt });
const report = (...stats: object[]) => new Map(stats.map((one, index) => [`${index}`, one]));
const inbound = (change: object = {}) => ({
  type: 'inbound-rtp',
  kind: 'audio',
  ssrc: 1,
  packetsReceived: 50,
  lastPacketReceivedTimestamp: 1000,
  ...change,
});

it('spreads the packets between two readings', () => {
  expect(arrivals(reading(100, 1000), reading(104, 1080))).toEqual([1020, 1040, 1060, 1080]);
  expect(arrivals(reading(100, 1000), reading(100, 1000))).toEqual([]);
});

it('finds where a wait ends, also over a new transport whose counter begins again', () => {
  expect(arrivals(reading(100, 1000), reading(103, 1700))).toEqual([1660, 1680, 1700]);
  expect(arrivals(reading(5000, 1000), reading(2, 1700, 2))).toEqual([1680, 1700]);
});

it('takes a burst for no longer than there was time, and the first reading for a beginning', () => {
  expect(arrivals(reading(100, 1000), reading(200, 1045))).toEqual([1025, 1045]);
  expect(arrivals(reading(100, 1000), reading(103, 1005))).toEqual([1005]);
  expect(arrivals(undefined, reading(5000, 9000))).toEqual([9000]);
});

it('reads the newest of what is received, on the clock of the page', () => {
  const epoch = 1_700_000_000_000;
  const two = report(
    inbound(),
    inbound({ ssrc: 2, packetsReceived: 3, lastPacketReceivedTimestamp: epoch + 5000 }),
    { type: 'inbound-rtp', kind: 'video', ssrc: 9 },
  );
  expect(readAudio(two, epoch)).toEqual({ ssrc: 2, packets: 3, lastAt: 5000 });
  expect(readAudio(report(inbound({ lastPacketReceivedTimestamp: undefined })), epoch)).toBeUndefined();
  expect(readAudio(report(), epoch)).toBeUndefined();
});
