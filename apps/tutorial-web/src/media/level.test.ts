import { expect, it } from 'vitest';
import { levelOf } from './level.js';

const sine = (amplitude: number) =>
  Float32Array.from({ length: 1000 }, (_, index) => amplitude * Math.sin((index / 1000) * 20 * Math.PI));

it('is nothing in silence and full when shouted', () => {
  expect(levelOf(new Float32Array(1000))).toBe(0);
  expect(levelOf(sine(0.0005))).toBe(0);
  expect(levelOf(sine(1))).toBe(1);
});

it('grows with the loudness', () => {
  const levels = [0.003, 0.01, 0.05, 0.2].map((amplitude) => levelOf(sine(amplitude)));
  expect(levels).toEqual(levels.toSorted((a, b) => a - b));
  expect(new Set(levels).size).toBe(4);
});
