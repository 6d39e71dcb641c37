import { describe, expect, it } from 'vitest';
import { Evercall, type EvercallError, exponentialRetry } from '../src/index.js';
import { activeConnection, connection, session } from './answers.js';
import { FakePlatform, type Step } from './fake-platform.js';

const quick = exponentialRetry({ firstDelayMs: 5, maxDelayMs: 10 });

function client(platform: FakePlatform, retry = quick): Evercall {
  return new Evercall({ url: platform.url, secret: 'MY_SECRET', retry });
}

function failure(promise: Promise<unknown>): Promise<EvercallError> {
  return promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: EvercallError) => error,
  );
}

const keysOf = (platform: FakePlatform) => platform.received.map((r) => r.headers['idempotency-key']);

describe('what is asked and answered', () => {
  it('creates a session with the secret and a key', async () => {
    await using platform = await FakePlatform.start({ status: 200, body: session });
    const created = await client(platform).createSession({
      customSessionId: 'room',
      recovery: 'application',
    });
    expect(created).toMatchObject({ sessionId: 'room', recovery: 'automatic' });
    expect(platform.received[0]).toMatchObject({
      method: 'POST',
      path: '/openvidu/api/sessions',
      body: { customSessionId: 'room', recovery: 'application' },
    });
    expect(platform.received[0]?.headers.authorization).toBe(`Basic ${btoa('OPENVIDUAPP:MY_SECRET')}`);
    expect(platform.received[0]?.headers['idempotency-key']).toMatch(/^mut_/);
  });

  it('creates, reads, changes and deletes connections', async () => {
    await using platform = await FakePlatform.start(
      { status: 200, body: connection },
      { status: 200, body: activeConnection },
      { status: 200, body: { numberOfElements: 1, content: [activeConnection] } },
      { status: 200, body: { ...connection, role: 'MODERATOR' } },
      { status: 204 },
    );
    const evercall = client(platform);
    const created = await evercall.createConnection('room', { data: 'x', role: 'PUBLISHER' });
    expect(created.token).toContain('tok_');
    const read = await evercall.getConnection('room', created.connectionId);
    expect(read.publishers?.[0]?.mediaOptions.frameRate).toBe(30);
    expect(await evercall.listConnections('room')).toHaveLength(1);
    const changed = await evercall.updateConnection('room', created.connectionId, { role: 'MODERATOR' });
    expect(changed.role).toBe('MODERATOR');
    await evercall.deleteConnection('room', created.connectionId);
    expect(platform.received.map((r) => `${r.method} ${r.path}`)).toEqual([
      'POST /openvidu/api/sessions/room/connection',
      'GET /openvidu/api/sessions/room/connection/con_Xnxg19tonh',
      'GET /openvidu/api/sessions/room/connection?pendingConnections=true',
      'PATCH /openvidu/api/sessions/room/connection/con_Xnxg19tonh',
      'DELETE /openvidu/api/sessions/room/connection/con_Xnxg19tonh',
    ]);
    const keys = keysOf(platform);
    expect(keys.filter(Boolean)).toHaveLength(3);
    expect(new Set(keys.filter(Boolean)).size).toBe(3);
  });

  it('lists and closes sessions, ids escaped', async () => {
    await using platform = await FakePlatform.start(
      { status: 200, body: { numberOfElements: 1, content: [session] } },
      { status: 204 },
    );
    const evercall = client(platform);
    expect((await evercall.listSessions()).map((s) => s.sessionId)).toEqual(['room']);
    await evercall.closeSession('a/b');
    expect(platform.received[1]?.path).toBe('/openvidu/api/sessions/a%2Fb');
  });
});

describe('a session that exists already', () => {
  it('is read', async () => {
    await using platform = await FakePlatform.start({ status: 409 }, { status: 200, body: session });
    expect((await client(platform).createSession({ customSessionId: 'room' })).sessionId).toBe('room');
    expect(platform.received[1]?.path).toBe('/openvidu/api/sessions/room?pendingConnections=true');
  });

  it('is created after all when it ended in between, as another request', async () => {
    await using platform = await FakePlatform.start(
      { status: 409 },
      { status: 404 },
      { status: 200, body: session },
    );
    await client(platform).createSession({ customSessionId: 'room' });
    const [first, , third] = keysOf(platform);
    expect(third).not.toBe(first);
  });

  it('is a conflict when it goes on like that', async () => {
    const round = [{ status: 409 }, { status: 404 }];
    await using platform = await FakePlatform.start(...round, ...round, ...round);
    const error = await failure(client(platform).createSession({ customSessionId: 'room' }));
    expect(error).toMatchObject({ name: 'EvercallError', code: 'conflict', status: 409 });
    expect(platform.received).toHaveLength(6);
  });
});

describe('a platform that is away', () => {
  it.each([502, 503, 504])('is asked again after %i, with the same key', async (status) => {
    await using platform = await FakePlatform.start(
      { status },
      { status },
      { status: 200, body: connection },
    );
    await client(platform).createConnection('room');
    const keys = keysOf(platform);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it.each(['reset', 'cutInBody'] as const)('is asked again after a broken connection (%s)', async (step) => {
    await using platform = await FakePlatform.start(step, { status: 200, body: session });
    await client(platform).createSession();
    expect(new Set(keysOf(platform)).size).toBe(1);
  });

  it('is asked again when nobody listens yet', async () => {
    const gone = await FakePlatform.start();
    const { url } = gone;
    await gone[Symbol.asyncDispose]();
    const evercall = new Evercall({ url, secret: 's', retry: quick });
    const asked = evercall.createSession();
    await using back = await FakePlatform.startAt(url, { status: 200, body: session });
    expect((await asked).sessionId).toBe('room');
    expect(back.received).toHaveLength(1);
  });

  it('is asked again through whatever a dying master leaves, with one key', async () => {
    const faults: Step[] = [
      'reset',
      { status: 502 },
      'cutInBody',
      { status: 503 },
      'silence',
      { status: 504 },
    ];
    await using platform = await FakePlatform.start(...faults, { status: 200 });
    const retry = exponentialRetry({ tryTimeoutMs: 100, firstDelayMs: 1, maxDelayMs: 2 });
    await client(platform, retry).sendSignal('room', { type: 'chat', data: 'hello' });
    expect(platform.received).toHaveLength(7);
    expect(new Set(keysOf(platform)).size).toBe(1);
    expect(new Set(platform.received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('is not asked for longer than the budget', async () => {
    await using platform = await FakePlatform.start(...Array.from({ length: 1000 }, () => ({ status: 503 })));
    const evercall = client(platform, exponentialRetry({ budgetMs: 200, firstDelayMs: 20, maxDelayMs: 20 }));
    expect(await failure(evercall.deleteConnection('room', 'con_Xnxg19tonh'))).toMatchObject({
      code: 'unavailable',
      status: 503,
    });
    // Each wait is at least half of 20 ms.
    expect(platform.received.length).toBeLessThanOrEqual(20);
  });

  it('is asked again when it says nothing', async () => {
    await using platform = await FakePlatform.start('silence', { status: 200, body: session });
    await client(platform, exponentialRetry({ tryTimeoutMs: 50, firstDelayMs: 1 })).getSession('room');
    expect(platform.received).toHaveLength(2);
  });

  it('is unavailable when nobody listens until the budget is used up', async () => {
    const platform = await FakePlatform.start();
    const { url } = platform;
    await platform[Symbol.asyncDispose]();
    const evercall = new Evercall({
      url,
      secret: 's',
      retry: exponentialRetry({ budgetMs: 100, firstDelayMs: 10 }),
    });
    const error = await failure(evercall.listSessions());
    expect(error.code).toBe('unavailable');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('tells a timeout from an absence', async () => {
    await using platform = await FakePlatform.start('silence', 'silence');
    const evercall = client(platform, exponentialRetry({ budgetMs: 60, tryTimeoutMs: 50, firstDelayMs: 40 }));
    expect(await failure(evercall.listSessions())).toMatchObject({ code: 'timeout', status: undefined });
  });

  it('honours Retry-After', async () => {
    await using platform = await FakePlatform.start(
      { status: 503, headers: { 'retry-after': '3' } },
      { status: 200, body: session },
    );
    const seen: (number | undefined)[] = [];
    const retry = {
      ...quick,
      delayMs: (failed: { retryAfterMs?: number | undefined }) => {
        seen.push(failed.retryAfterMs);
        return 1;
      },
    };
    await client(platform, retry).getSession('room');
    expect(seen).toEqual([3000]);
  });
});

describe('everything else fails at once', () => {
  it.each([
    [400, 'badRequest'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [405, 'forbidden'],
    [406, 'failed'],
    [409, 'conflict'],
    [422, 'failed'],
    [429, 'rateLimited'],
    [500, 'failed'],
    [501, 'failed'],
    [505, 'failed'],
  ] as const)('%i is %s', async (status, code) => {
    await using platform = await FakePlatform.start({
      status,
      body: { message: 'role is wrong', field: 'role' },
    });
    const error = await failure(client(platform).createConnection('room'));
    expect(error).toMatchObject({ code, status, message: 'role is wrong', field: 'role' });
    expect(platform.received).toHaveLength(1);
  });

  it('an answer that is not the contract is named', async () => {
    await using platform = await FakePlatform.start({ status: 200, body: { hello: 'there' } });
    expect(await failure(client(platform).createSession())).toMatchObject({ code: 'invalidAnswer' });
  });

  it('a host that does not exist is unreachable', async () => {
    const fetch = () =>
      Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ENOTFOUND' }) }),
      );
    const evercall = new Evercall({ url: 'http://nowhere.invalid', secret: 's', fetch });
    expect(await failure(evercall.listSessions())).toMatchObject({ code: 'unreachable' });
  });

  it('a wrong url is refused when the client is made', () => {
    expect(() => new Evercall({ url: 'nonsense', secret: 's' })).toThrow(TypeError);
  });
});
