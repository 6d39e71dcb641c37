import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './api.js';

let api: TestApi;

function useApi(env: Record<string, string> = {}): void {
  beforeAll(async () => {
    api = await startApi(env);
  });
  afterEach(() => {
    api.platform.fault = undefined;
    api.platform.requests.length = 0;
  });
  afterAll(() => api[Symbol.asyncDispose]());
}

const error = (code: string, field?: string) => ({
  error: { code, message: expect.any(String), ...(field === undefined ? {} : { field }) },
});

describe('rooms', () => {
  useApi();

  it('are created with a slug of their name, read and listed', async () => {
    const created = await api.call('POST /api/rooms', { name: 'Daily Stand-up', recovery: 'application' });
    expect(created).toMatchObject({
      status: 201,
      json: {
        slug: 'daily-stand-up',
        name: 'Daily Stand-up',
        state: 'open',
        recovery: 'application',
        closedAt: null,
      },
    });
    expect((await api.call('GET /api/rooms/Daily-Stand-Up')).json).toEqual(created.json);
    expect((await api.call('GET /api/rooms')).json).toEqual({ rooms: [created.json] });
  });

  it('with the same name get another slug, with the same slug are refused', async () => {
    const first = await api.call('POST /api/rooms', { name: 'Twin' });
    const second = await api.call('POST /api/rooms', { name: 'Twin' });
    expect(first.json).toMatchObject({ slug: 'twin' });
    expect(second.json).toMatchObject({ slug: expect.stringMatching(/^twin-\d+$/) });
    const third = await api.call('POST /api/rooms', { name: 'Other', slug: 'twin' });
    expect(third).toMatchObject({ status: 409, json: error('ROOM_EXISTS', 'slug') });
  });

  it('close with their session, and let nobody in until they are opened', async () => {
    await api.call('POST /api/rooms', { name: 'Closing', slug: 'closing' });
    await api.call('POST /api/rooms/closing/token', { name: 'Ana' });
    expect(api.platform.sessions.has('closing')).toBe(true);
    const closed = await api.call('POST /api/rooms/closing/close');
    expect(closed).toMatchObject({ status: 200, json: { state: 'closed', closedAt: expect.any(String) } });
    expect(api.platform.sessions.has('closing')).toBe(false);
    expect((await api.call('POST /api/rooms/closing/close')).json).toEqual(closed.json);

    const refused = await api.call('POST /api/rooms/closing/token', { name: 'Ana' });
    expect(refused).toMatchObject({ status: 409, json: error('ROOM_CLOSED') });
    expect((await api.call('POST /api/rooms/closing/open')).json).toMatchObject({
      state: 'open',
      closedAt: null,
    });
    expect((await api.call('POST /api/rooms/closing/token', { name: 'Ana' })).status).toBe(200);
  });

  it('that are not there are not found', async () => {
    for (const request of [
      'GET /api/rooms/none',
      'POST /api/rooms/none/close',
      'POST /api/rooms/none/open',
    ]) {
      expect(await api.call(request)).toMatchObject({ status: 404, json: error('ROOM_NOT_FOUND') });
    }
    expect(await api.call('GET /api/nothing')).toMatchObject({ status: 404, json: error('NOT_FOUND') });
  });

  it.each([
    ['POST /api/rooms', {}, 'name'],
    ['POST /api/rooms', { name: '' }, 'name'],
    ['POST /api/rooms', { name: 'x'.repeat(65) }, 'name'],
    ['POST /api/rooms', { name: '日本' }, 'slug'],
    ['POST /api/rooms', { name: 'x', slug: 'a b' }, 'slug'],
    ['POST /api/rooms', { name: 'x', recovery: 'never' }, 'recovery'],
    ['POST /api/rooms/-a/token', { name: 'Ana' }, 'slug'],
    ['POST /api/rooms/a/token', { name: 7 }, 'name'],
    ['POST /api/rooms/a/token', { recovery: 'never' }, 'recovery'],
    ['POST /api/rooms/a/token', { name: 'two\nlines' }, 'name'],
  ])('refuse %s %j and name the field', async (request, body, field) => {
    expect(await api.call(request, body)).toMatchObject({ status: 400, json: error('BAD_REQUEST', field) });
  });

  it('refuse what is no JSON or too much of it', async () => {
    expect(await api.call('POST /api/rooms', '{"name":')).toMatchObject({
      status: 400,
      json: error('BAD_REQUEST'),
    });
    const large = await api.call('POST /api/rooms', { name: 'x'.repeat(20_000) });
    expect(large).toMatchObject({ status: 413, json: error('TOO_LARGE') });
  });
});

describe('tokens', () => {
  useApi();

  it('open the room of an invite link that nobody created', async () => {
    const answer = await api.call('POST /api/rooms/Invited/token', { name: 'Ana' });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        token: expect.stringContaining('tok_'),
        sessionId: 'invited',
        role: 'PUBLISHER',
        room: { slug: 'invited', name: 'invited', recovery: 'automatic' },
      },
    });
    const [connection] = api.platform.connections.slice(-1);
    expect(JSON.parse(String(connection?.['data']))).toMatchObject({
      name: 'Ana',
      userId: expect.any(String),
    });
  });

  it('are given to many at once, for one room', async () => {
    const asked = Array.from({ length: 10 }, () => api.call('POST /api/rooms/crowd/token', {}));
    expect(new Set((await Promise.all(asked)).map((answer) => answer.status))).toEqual(new Set([200]));
    expect([...api.platform.sessions.keys()].filter((id) => id === 'crowd')).toHaveLength(1);
  });

  it("carry the room's recovery into its session", async () => {
    await api.call('POST /api/rooms', { name: 'App', slug: 'app', recovery: 'application' });
    await api.call('POST /api/rooms/app/token', {});
    expect(api.platform.sessions.get('app')).toMatchObject({ recovery: 'application' });
  });

  it('survive a master that is away for a moment', async () => {
    let failures = 3;
    api.platform.fault = () => (failures-- > 0 ? { status: 503 } : undefined);
    expect((await api.call('POST /api/rooms/away/token', {})).status).toBe(200);
  });

  it('survive a session that ends between its creation and the connection', async () => {
    let failures = 2;
    api.platform.fault = ({ path }) => {
      if (!path.endsWith('/connection') || failures-- <= 0) return undefined;
      api.platform.sessions.delete('ending');
      return { status: 404 };
    };
    expect((await api.call('POST /api/rooms/ending/token', {})).status).toBe(200);
    expect(api.platform.requests.filter((request) => request === 'POST /sessions')).toHaveLength(3);
  });

  it('are not given when the room closes meanwhile, and its session ends', async () => {
    await api.call('POST /api/rooms', { name: 'Race', slug: 'race' });
    let closing: Promise<unknown> | undefined;
    api.platform.fault = ({ method, path }) => {
      // The close is through with the platform before the token's session exists.
      if (method === 'POST' && path === '/sessions' && !closing) {
        closing = api.call('POST /api/rooms/race/close');
        return { status: 503 };
      }
      return undefined;
    };
    const answer = await api.call('POST /api/rooms/race/token', {});
    await closing;
    expect(answer).toMatchObject({ status: 409, json: error('ROOM_CLOSED') });
    expect(api.platform.sessions.has('race')).toBe(false);
  });

  it('are refused with a word about a wrong secret', async () => {
    api.platform.fault = () => ({ status: 401 });
    const answer = await api.call('POST /api/rooms/secret/token', {});
    expect(answer).toMatchObject({ status: 500, json: error('PLATFORM_REFUSED') });
    expect(JSON.stringify(answer.json)).toContain('OPENVIDU_SECRET');
  });
});

describe('a platform that stays away', () => {
  useApi({ OPENVIDU_URL: 'http://127.0.0.1:1' });

  it('is told as such, to be asked again', async () => {
    const answer = await api.call('POST /api/rooms/gone/token', {});
    expect(answer).toMatchObject({ status: 503, json: error('PLATFORM_UNAVAILABLE') });
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});

describe('with identities by token', () => {
  const secret = 'a-secret-of-thirty-two-characters';
  useApi({ TUTORIAL_IDENTITY: 'jwt', TUTORIAL_JWT_SECRET: secret });

  async function as(claims: Record<string, unknown>): Promise<Record<string, string>> {
    const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h');
    return { authorization: `Bearer ${await jwt.sign(new TextEncoder().encode(secret))}` };
  }

  it('strangers see nothing', async () => {
    for (const request of [
      'GET /api/rooms',
      'GET /api/rooms/a',
      'POST /api/rooms/a/token',
      'POST /api/rooms/a/close',
    ]) {
      expect(await api.call(request)).toMatchObject({ status: 401, json: error('UNAUTHENTICATED') });
    }
  });

  it('moderators manage rooms, others enter theirs', async () => {
    const moderator = await as({ sub: 'boss', role: 'MODERATOR' });
    const member = await as({ sub: 'u1', name: 'Ana', rooms: ['team'] });
    expect(await api.call('POST /api/rooms', { name: 'Team' }, member)).toMatchObject({
      status: 403,
      json: error('FORBIDDEN'),
    });
    expect((await api.call('POST /api/rooms', { name: 'Team' }, moderator)).status).toBe(201);
    expect((await api.call('POST /api/rooms', { name: 'Board' }, moderator)).status).toBe(201);
    expect((await api.call('POST /api/rooms/team/token', { name: 'Somebody' }, member)).status).toBe(200);
    expect(JSON.parse(String(api.platform.connections.at(-1)?.['data']))).toEqual({
      userId: 'u1',
      name: 'Ana',
    });
    expect(await api.call('POST /api/rooms/board/token', {}, member)).toMatchObject({ status: 403 });
    expect(await api.call('POST /api/rooms/none/token', {}, member)).toMatchObject({ status: 404 });
  });
});

describe('the rate limit', () => {
  useApi({ TUTORIAL_RATE_LIMIT: '3' });

  it('holds for each address', async () => {
    const from = (address: string) =>
      api.call('POST /api/rooms/busy/token', {}, { 'x-forwarded-for': address });
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await from('10.0.0.1')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(await from('10.0.0.1')).toMatchObject({ json: error('RATE_LIMITED') });
    expect((await from('10.0.0.2')).status).toBe(200);
  });
});
