import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 4501,
      EVERCALL_RECOVERY: 'automatic',
      EVERCALL_GRACE_MS: 15_000,
    });
  });

  it.each([
    [{ PORT: 'eighty' }, /PORT/],
    [{ REDIS_URL: 'http://x' }, /REDIS_URL: must start with redis:/],
    [{ OPENVIDU_SECRET: 'with blank' }, /OPENVIDU_SECRET/],
    [{ NODE_ENV: 'production' }, /OPENVIDU_SECRET is the development secret/],
  ])('stops the start and names what is wrong: %j', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });
});
