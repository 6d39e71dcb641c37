import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CustomIceServers, toIceServers } from './ice-servers.js';

const login = { username: 'u', credential: 'c' };
const secret = { staticAuthSecret: 's' };

describe('an ICE server of the application', () => {
  it.each([
    [{ url: 'stun:stun.example' }],
    [{ url: 'stun:stun.example:3478', username: null, credential: null, staticAuthSecret: null }],
    [{ url: 'stuns:192.0.2.1:5349' }],
    [{ url: 'stun:[2001:db8::1]:3478' }],
    [{ url: 'stun:localhost' }],
    [{ url: 'turn:turn.example', ...login }],
    [{ url: 'turns:turn.example:65535?transport=tcp', ...login }],
    [{ url: 'turn:192.0.2.1:1?transport=udp', ...secret }],
    [{ url: 'turn:turn.example', ...secret, username: '', credential: '' }],
  ])('may be %j', (server) => {
    expect(CustomIceServers.safeParse([server]).success).toBe(true);
  });

  it.each([
    [{}, 'url'],
    [{ url: 'stun.example' }, 'url'],
    [{ url: 'http:stun.example' }, 'url'],
    [{ url: 'stun:' }, 'url'],
    [{ url: 'stun:-bad-.example' }, 'url'],
    [{ url: 'stun:999.1.1.1' }, 'url'],
    [{ url: 'stun:[2001:db8]' }, 'url'],
    [{ url: 'stun:stun.example:0' }, 'url'],
    [{ url: 'stun:stun.example:65536' }, 'url'],
    [{ url: 'stun:stun.example?transport=udp' }, 'url'],
    [{ url: 'stun:stun.example', ...login }, 'url'],
    [{ url: 'stun:stun.example', ...secret }, 'url'],
    [{ url: 'turn:turn.example?transport=sctp', ...login }, 'url'],
    [{ url: 'turn:turn.example' }, 'username'],
    [{ url: 'turn:turn.example', username: 'u' }, 'username'],
    [{ url: 'turn:turn.example', credential: 'c' }, 'username'],
    [{ url: 'turn:turn.example', ...login, ...secret }, 'username'],
    [{ url: 'turn:turn.example', ...secret, username: '', credential: 'c' }, 'username'],
    [{ url: 'turn:turn.example', username: 1, credential: 'c' }, 'username'],
  ])('may not be %j', (server, field) => {
    const { error } = CustomIceServers.safeParse([server]);
    expect(error?.issues[0]?.path).toEqual([0, field]);
  });

  it('goes to the browser as it is, without nulls', () => {
    const servers = CustomIceServers.parse([
      { url: 'stun:stun.example', username: null },
      { url: 'turn:turn.example', ...login },
    ]);
    expect(toIceServers(servers, 0)).toEqual([
      { url: 'stun:stun.example' },
      { url: 'turn:turn.example', ...login },
    ]);
  });

  it('with a static secret gets credentials for a day, and the secret stays here', () => {
    const servers = CustomIceServers.parse([{ url: 'turn:turn.example', staticAuthSecret: 's3cret' }]);
    const [made] = toIceServers(servers, 1_700_000_000_999);
    expect(made?.username).toMatch(/^1700086400:[0-9a-f]{8}$/);
    expect(made).toEqual({
      url: 'turn:turn.example',
      username: made?.username,
      credential: createHmac('sha1', 's3cret').update(`${made?.username}`).digest('base64'),
    });
  });
});
