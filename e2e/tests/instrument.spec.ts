import { expect, test } from '@playwright/test';
import { distributionOf, measureWindow } from '../bench/failover/measure.ts';
import { drawNumber, isLater, readNumber } from '../bench/instrument/frame-number.ts';
import type { Measured } from '../bench/instrument/participant.ts';

/** What a picture of this size looks like after it was drawn, and scaled to another size as an encoder may. */
function pictureOf(number: number, { width, height }: { width: number; height: number }) {
  const data = new Uint8Array(width * height);
  const context = {
    canvas: { width, height },
    fillStyle: '',
    fillRect(x: number, y: number, w: number, h: number): void {
      const brightness = this.fillStyle === '#fff' ? 235 : 16;
      for (let row = y; row < Math.min(y + h, height); row += 1) {
        data.fill(brightness, row * width + x, row * width + Math.min(x + w, width));
      }
    },
  };
  drawNumber(context as unknown as CanvasRenderingContext2D, number);
  return { data, offset: 0, stride: width, width, height };
}

test('a frame shows its number, whatever its size', () => {
  for (const number of [0, 1, 4095, 65_535]) {
    expect(readNumber(pictureOf(number, { width: 320, height: 240 }))).toBe(number);
    expect(readNumber(pictureOf(number, { width: 80, height: 60 }))).toBe(number);
  }
});

test('a picture without a number is none', () => {
  const picture = pictureOf(7, { width: 320, height: 240 });
  for (const brightness of [16, 235]) {
    expect(readNumber({ ...picture, data: picture.data.map(() => brightness) })).toBeUndefined();
  }
});

test('numbers that began anew are later', () => {
  expect(isLater(0, 65_535)).toBe(true);
  expect(isLater(65_535, 0)).toBe(false);
  expect(isLater(5, 5)).toBe(false);
});

const windowed = { from: 1000, to: 4000, names: ['ann', 'bob'], signalling: ['ann'] };
const steady = Array.from({ length: 50 }, (_, index) => 900 + index * 66);

function measuredBy(change: Partial<Measured>): Map<string, Measured> {
  const audio = { bob: { silences: [], last: 3990 } };
  return new Map([['ann', { video: { bob: steady }, audio, signals: steady, events: [], ...change }]]);
}

test('an interruption is the longest time between two arrivals, also one that began before the window', () => {
  const { samples, lost } = measureWindow(
    measuredBy({
      video: { bob: [800, 2000, 2030, 2900, 3900] },
      audio: {
        bob: {
          silences: [
            [500, 700],
            [1500, 1562],
          ],
          last: 3990,
        },
      },
    }),
    windowed,
  );
  expect(lost).toEqual([]);
  expect(samples).toEqual({ video: [1200], audio: [62], signalling: [66] });
});

test('what does not come back is lost and counts in no percentile', () => {
  const { samples, lost } = measureWindow(
    measuredBy({ video: {}, audio: { bob: { silences: [], last: 2500 } }, signals: [900, 950] }),
    windowed,
  );
  expect(lost.toSorted()).toEqual(['ann from bob audio', 'ann from bob video', 'ann signalling']);
  expect(samples).toEqual({ video: [], audio: [], signalling: [] });
});

test('percentiles are values that were measured', () => {
  const samples = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(distributionOf(samples)).toEqual({ p50: 10, p95: 19, max: 20 });
  expect(distributionOf([])).toBeUndefined();
});
