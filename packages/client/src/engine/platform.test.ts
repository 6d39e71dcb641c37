import { describe, expect, it } from 'vitest';
import { platformOf } from './platform.js';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

describe('platformOf', () => {
  it.each([
    { userAgent: chrome, platform: 'Chrome 156 on Linux' },
    { userAgent: `${chrome} Edg/156.0.0.0`, platform: 'Edge 156 on Linux' },
    {
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      platform: 'Firefox 140 on Windows',
    },
    {
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      platform: 'Safari 18 on iOS',
    },
    { userAgent: 'node', platform: 'Unknown browser on unknown system' },
  ])('reads $platform', ({ userAgent, platform }) => {
    expect(platformOf({ userAgent })).toBe(platform);
  });
});
