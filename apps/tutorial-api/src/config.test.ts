import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const least = { DATABASE_URL: 'postgresql://u:p@localhost:5432/app' };
const production = { ...least, NODE_ENV: 'production', OPENVIDU_SECRET: 'changed' };

describe('readConfig', () => {
  it('needs a database and nothing else in development', () => {
    expect(readConfig(least)).toMatchObject({
      PORT: 5081,
      TUTORIAL_IDENTITY: 'anonymous',
      OPENVIDU_SECRET: 'MY_SECRET',
    });
  });

  it('takes an empty variable as unset', () => {
    expect(readConfig({ ...least, PORT: '', TUTORIAL_IDENTITY: '' })).toMatchObject({ PORT: 5081 });
  });

  it.each([
    [{}, /DATABASE_URL/],
    [{ ...least, PORT: 'many' }, /PORT/],
    [{ ...least, OPENVIDU_URL: 'localhost' }, /OPENVIDU_URL/],
    [{ ...least, TUTORIAL_IDENTITY: 'jwt' }, /TUTORIAL_JWT_SECRET/],
    [{ ...least, TUTORIAL_IDENTITY: 'jwt', TUTORIAL_JWT_SECRET: 'short' }, /TUTORIAL_JWT_SECRET/],
    [production, /TUTORIAL_IDENTITY/],
    [{ ...production, TUTORIAL_IDENTITY: 'anonymous', OPENVIDU_SECRET: 'MY_SECRET' }, /OPENVIDU_SECRET/],
    [{ ...production, TUTORIAL_IDENTITY: 'anonymous', EVERCALL_PLAYGROUND: '1' }, /EVERCALL_PLAYGROUND/],
    [{ ...least, EVERCALL_PLAYGROUND: 'yes' }, /EVERCALL_PLAYGROUND/],
  ])('stops at %j', (env, message) => {
    expect(() => readConfig(env)).toThrow(message);
  });
});
