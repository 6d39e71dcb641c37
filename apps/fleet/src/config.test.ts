import { describe, expect, it } from 'vitest';
import { fleetConfigSchema, parseFleetConfig } from './config.js';

const given = { FLEET_PLAN: 'plan.json', FLEET_RUN_DIR: 'run', FLEET_LOGS_DIR: 'logs' };

describe('parseFleetConfig', () => {
  it('has defaults for all but its files, and no playground', () => {
    expect(parseFleetConfig(given)).toMatchObject({
      PORT: 4490,
      HOST: '127.0.0.1',
      EVERCALL_DRAIN_MS: 30_000,
      EVERCALL_PLAYGROUND: '0',
    });
  });

  it.each([
    [{}, 'FLEET_PLAN is wrong'],
    [{ ...given, PORT: 'abc' }, 'PORT is wrong'],
    [{ ...given, REDIS_URL: 'http://x' }, 'REDIS_URL is wrong'],
    [{ ...given, EVERCALL_PLAYGROUND: 'yes' }, 'EVERCALL_PLAYGROUND is wrong'],
    [{ ...given, NODE_ENV: 'production' }, 'OPENVIDU_SECRET must be set'],
  ])('answers %j by naming the variable', (env, message) => {
    expect(() => parseFleetConfig(env)).toThrow(message);
  });

  it('describes every variable', () => {
    const bare = Object.entries(fleetConfigSchema.shape).filter(
      ([, { description }]) => !description?.endsWith('.'),
    );
    expect(bare.map(([name]) => name)).toEqual([]);
  });
});
