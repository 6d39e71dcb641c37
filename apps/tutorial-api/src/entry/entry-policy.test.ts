import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Room } from '../rooms/room.js';
import { AnonymousEntry, JwtEntry } from './entry-policy.js';

const secret = 'a-secret-of-thirty-two-characters';
const key = (text: string) => new TextEncoder().encode(text);
const room: Room = {
  slug: 'standup',
  name: 'Stand-up',
  state: 'open',
  recovery: 'automatic',
  createdAt: '2026-01-01T00:00:00.000Z',
  closedAt: null,
};

function sign(
  claims: Record<string, unknown>,
  { by = secret, alg = 'HS256', exp = '1h' } = {},
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).setExpirationTime(exp).sign(key(by));
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` }, name: 'Typed' });

describe('AnonymousEntry', () => {
  const policy = new AnonymousEntry({ createsRooms: true });

  it('takes the name as it is typed and makes everybody somebody else', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => policy.identify({ headers: {}, name: 'Ana' })));
    expect(a?.name).toBe('Ana');
    expect(a?.userId).not.toBe(b?.userId);
    expect(policy.authorize()).toBe('PUBLISHER');
  });

  it('names those who give no name', async () => {
    expect((await policy.identify({ headers: {}, name: undefined })).name).toBe('Guest');
  });
});

describe('JwtEntry', () => {
  const policy = new JwtEntry(secret);

  it('knows the bearer of a token, by the name in it', async () => {
    const identity = await policy.identify(bearer(await sign({ sub: 'u1', name: 'Ana', role: 'MODERATOR' })));
    expect(identity).toMatchObject({ userId: 'u1', name: 'Ana' });
    expect(identity && policy.authorize(identity, room)).toBe('MODERATOR');
    expect(identity && policy.mayManage(identity)).toBe(true);
  });

  it('lets into the rooms that the token names', async () => {
    const inside = await policy.identify(bearer(await sign({ sub: 'u1', rooms: ['standup'] })));
    const outside = await policy.identify(bearer(await sign({ sub: 'u1', rooms: ['other'] })));
    expect(inside && policy.authorize(inside, room)).toBe('PUBLISHER');
    expect(outside && policy.authorize(outside, room)).toBe('deny');
    expect(inside && policy.mayManage(inside)).toBe(false);
  });

  it.each([
    ['no header', async () => ({ headers: {}, name: 'Ana' })],
    ['another scheme', async () => ({ headers: { authorization: 'Basic abc' }, name: 'Ana' })],
    ['no token', async () => bearer('nonsense')],
    ['another key', async () => bearer(await sign({ sub: 'u1' }, { by: secret.toUpperCase() }))],
    [
      'another algorithm',
      async () => bearer(await sign({ sub: 'u1' }, { by: secret.repeat(2), alg: 'HS512' })),
    ],
    ['an expired token', async () => bearer(await sign({ sub: 'u1' }, { exp: '-1m' }))],
    ['nobody', async () => bearer(await sign({ name: 'Ana' }))],
    ['a role that is none', async () => bearer(await sign({ sub: 'u1', role: 'KING' }))],
  ])('knows nobody with %s', async (_, request) => {
    expect(await policy.identify(await request())).toBeNull();
  });

  it('wants tokens to expire', async () => {
    const forever = await new SignJWT({ sub: 'u1' }).setProtectedHeader({ alg: 'HS256' }).sign(key(secret));
    expect(await policy.identify(bearer(forever))).toBeNull();
  });
});
