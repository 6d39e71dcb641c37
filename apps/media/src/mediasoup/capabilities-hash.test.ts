import { describe, expect, it } from 'vitest';
import { capabilitiesHash } from './capabilities-hash.js';

describe('capabilitiesHash', () => {
  it('doesn’t depend on the order of keys', () => {
    expect(capabilitiesHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(
      capabilitiesHash({ b: { d: null, c: [1, 2] }, a: 1 }),
    );
  });

  it('depends on values and on the order of lists', () => {
    expect(capabilitiesHash({ a: [1, 2] })).not.toBe(capabilitiesHash({ a: [2, 1] }));
    expect(capabilitiesHash({ a: '1' })).not.toBe(capabilitiesHash({ a: 1 }));
  });
});
