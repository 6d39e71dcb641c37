import { describe, expect, it } from 'vitest';
import { ConfigError, mediaConfigSchema, parseMediaConfig } from './config.js';

function refusal(env: Record<string, string>): string {
  try {
    parseMediaConfig(env);
    return 'accepted';
  } catch (error) {
    return error instanceof ConfigError ? error.message : 'another error';
  }
}

describe('parseMediaConfig', () => {
  it('runs with nothing set', () => {
    const config = parseMediaConfig({});
    expect(config.ADVERTISED_URL).toBe('http://127.0.0.1:4600');
    expect(config.MEDIA_WORKERS).toBeGreaterThan(0);
    expect(config.EVERCALL_ORPHAN_GRACE_MS).toBe(120_000);
  });

  it('takes an empty variable for an absent one', () => {
    expect(parseMediaConfig({ MEDIA_ANNOUNCED_ADDRESS: '', PORT: '' }).PORT).toBe(4600);
  });

  it.each([
    [{ PORT: 'abc' }, /PORT is wrong/],
    [{ MEDIA_LISTEN_ADDRESS: 'everywhere' }, /MEDIA_LISTEN_ADDRESS is wrong/],
    [{ REDIS_URL: 'http://x' }, /REDIS_URL is wrong/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL is wrong/],
    [{ MEDIA_WORKERS: '0' }, /MEDIA_WORKERS is wrong/],
    [{ MEDIA_PORT_BASE: '65535', MEDIA_WORKERS: '2' }, /MEDIA_PORT_BASE is wrong/],
    [{ NODE_ENV: 'production' }, /OPENVIDU_SECRET must be set/],
    [{ NODE_ENV: 'production', OPENVIDU_SECRET: 'mine' }, /^accepted$/],
  ])('answers %j by naming the variable', (env, message) => expect(refusal(env)).toMatch(message));

  it('describes every variable', () => {
    const bare = Object.entries(mediaConfigSchema.shape).filter(
      ([, { description }]) => !description?.endsWith('.'),
    );
    expect(bare.map(([name]) => name)).toEqual([]);
  });
});
