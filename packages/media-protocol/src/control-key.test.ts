import { describe, expect, it } from 'vitest';
import { controlKey, isControlKey } from './control-key.js';

describe('controlKey', () => {
  it('is the same at both ends and doesn’t show the secret', () => {
    const key = controlKey('MY_SECRET');
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(isControlKey(key, 'MY_SECRET')).toBe(true);
  });

  it.each(['', 'MY_SECRET', controlKey('other'), `${controlKey('MY_SECRET')}0`])(
    'isn’t mistaken for %j',
    (shown) => expect(isControlKey(shown, 'MY_SECRET')).toBe(false),
  );
});
