import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterEach(() => {
  api.platform.fault = undefined;
});
afterAll(() => api[Symbol.asyncDispose]());

describe("a room's recovery", () => {
  it('is that of whoever made the room, for everybody after', async () => {
    const first = await api.call('POST /api/rooms/mine/token', { name: 'Ana', recovery: 'application' });
    const second = await api.call('POST /api/rooms/mine/token', { name: 'Ben', recovery: 'automatic' });
    for (const answer of [first, second]) {
      expect(answer).toMatchObject({ status: 200, json: { room: { recovery: 'application' } } });
    }
    expect((await api.call('GET /api/rooms/mine')).json).toMatchObject({ recovery: 'application' });
    expect(api.platform.sessions.get('mine')).toMatchObject({ recovery: 'application' });
  });

  it('is automatic if nobody says anything', async () => {
    await api.call('POST /api/rooms/plain/token', {});
    expect(api.platform.sessions.get('plain')).toMatchObject({ recovery: 'automatic' });
  });

  it('is one when two make the room at once', async () => {
    const answers = await Promise.all(
      ['application', 'automatic', 'application', 'automatic'].map((recovery) =>
        api.call('POST /api/rooms/twice/token', { recovery }),
      ),
    );
    const told = answers.map(({ json }) => json as { room: { recovery: string } });
    expect(new Set(told.map(({ room }) => room.recovery)).size).toBe(1);
    expect(api.platform.sessions.get('twice')).toMatchObject({ recovery: told[0]?.room.recovery });
  });
});

describe('a session that crashed', () => {
  it('is created once more, under the same id, by all the backends that everybody asks', async () => {
    const other = await api.startAnother();
    await api.call('POST /api/rooms/crashed/token', { recovery: 'application' });
    const before = api.platform.created.filter((id) => id === 'crashed').length;
    // First its host is dead and not declared so: 503. Then the session is gone, and its id is free.
    let undeclared = 4;
    api.platform.fault = () => {
      if (undeclared === 0) return undefined;
      undeclared -= 1;
      if (undeclared === 0) api.platform.sessions.delete('crashed');
      return { status: 503 };
    };
    const asked = Array.from({ length: 12 }, (_, index) =>
      (index % 2 === 0 ? api.call : other)('POST /api/rooms/crashed/token', { name: `guest ${index}` }),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.map(({ json }) => json)).toEqual(
      answers.map(() => expect.objectContaining({ sessionId: 'crashed' })),
    );
    expect(api.platform.created.filter((id) => id === 'crashed')).toHaveLength(before + 1);
    expect(api.platform.sessions.get('crashed')).toMatchObject({ recovery: 'application' });
  });
});
