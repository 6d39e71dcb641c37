import { describe, expect, it } from 'vitest';
import { parseSettings } from './settings.ts';

describe('parseSettings', () => {
  it('has defaults for everything but the stores', () => {
    expect(parseSettings({})).toMatchObject({
      LOAD_BALANCER_PORT: 4443,
      LOAD_BALANCER_ADDRESSES: ['127.0.0.1', '::1'],
      TUTORIAL_PORT: 5080,
      MASTERS: 2,
      MEDIA_NODES: 2,
      OPENVIDU_SECRET: 'MY_SECRET',
    });
    expect(parseSettings({})).not.toHaveProperty('REDIS_URL');
  });

  it('takes an empty variable for an absent one', () => {
    expect(parseSettings({ LOAD_BALANCER_PORT: '', REDIS_URL: '' })).toMatchObject({
      LOAD_BALANCER_PORT: 4443,
    });
  });

  it('reads what is set', () => {
    expect(parseSettings({ LOAD_BALANCER_ADDRESSES: '0.0.0.0, ::', MASTERS: '3' })).toMatchObject({
      LOAD_BALANCER_ADDRESSES: ['0.0.0.0', '::'],
      MASTERS: 3,
    });
  });

  it.each([
    [{ LOAD_BALANCER_PORT: 'high' }, 'LOAD_BALANCER_PORT'],
    [{ LOAD_BALANCER_ADDRESSES: 'everywhere' }, 'LOAD_BALANCER_ADDRESSES'],
    [{ MASTERS: '0' }, 'MASTERS'],
    [{ REDIS_URL: 'http://localhost' }, 'REDIS_URL'],
    [{ OPENVIDU_SECRET: 'two words' }, 'OPENVIDU_SECRET'],
  ])('names the variable that is wrong in %o', (env, name) => {
    expect(() => parseSettings(env)).toThrow(name);
  });
});
