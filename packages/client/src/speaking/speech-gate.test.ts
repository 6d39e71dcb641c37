import { describe, expect, it } from 'vitest';
import { SpeechGate } from './speech-gate.js';

/** What comes of loud (`x`) and silent (`.`) measurements: `+` begins, `-` ends, a blank for nothing. */
function measured(sounds: string): string {
  const gate = new SpeechGate();
  return sounds
    .split('')
    .map((sound) => {
      const changed = gate.measure(sound === 'x');
      if (changed === undefined) return ' ';
      return changed ? '+' : '-';
    })
    .join('');
}

describe('SpeechGate', () => {
  it.each([
    { what: 'a click', sounds: '..x..........', told: '             ' },
    { what: 'speech and its end', sounds: '.xxx..........', told: '  +          -' },
    { what: 'a pause between words', sounds: 'xx.....xx...', told: ' +          ' },
    { what: 'two sentences', sounds: 'xx..........xx', told: ' +         - +' },
  ])('hears $what', ({ sounds, told }) => {
    expect(measured(sounds)).toBe(told);
  });
});
