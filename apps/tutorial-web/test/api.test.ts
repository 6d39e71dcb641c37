/// <reference types="node" />
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { requestAdmission } from '../src/backend/api.js';

/** Answers one after the other; `reset` breaks the connection. */
let script: ({ status: number; body?: unknown } | 'reset')[] = [];
let seen: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
let server: Server;

beforeEach(async () => {
  script = [];
  seen = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ url: request.url, authorization: request.headers.authorization, body });
      const step = script.shift() ?? { status: 500 };
      if (step === 'reset') {
        request.socket.resetAndDestroy();
      } else {
        response.writeHead(step.status).end(step.body === undefined ? '<html>' : JSON.stringify(step.body));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const real = fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(`http://127.0.0.1:${port}${path}`, init));
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await new Promise((resolve) => server.close(resolve));
});

const token = {
  token: 'wss://x',
  sessionId: 'team',
  role: 'PUBLISHER',
  room: { slug: 'team', name: 'Team', recovery: 'application' },
};
const ask = (signal = new AbortController().signal, onRetry?: (failures: number) => void) =>
  requestAdmission(
    { room: 'team', name: 'Ana', recovery: 'automatic' },
    { signal, ...(onRetry ? { onRetry } : {}) },
  );

it('asks for a token by name', async () => {
  script = [{ status: 200, body: token }];
  expect(await ask()).toEqual({
    token: 'wss://x',
    sessionId: 'team',
    roomName: 'Team',
    recovery: 'application',
  });
  expect(seen).toMatchObject([{ url: '/api/rooms/team/token', authorization: undefined }]);
  expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ name: 'Ana', recovery: 'automatic' });
});

it('shows who signed the user in', async () => {
  script = [{ status: 200, body: token }];
  await requestAdmission(
    { room: 'team', name: '', identity: 'abc', recovery: 'application' },
    { signal: new AbortController().signal },
  );
  expect(seen).toMatchObject([{ authorization: 'Bearer abc', body: '{"recovery":"application"}' }]);
});

it('asks again while the backend is away', async () => {
  script = [{ status: 502 }, 'reset', { status: 200, body: token }];
  const failures: number[] = [];
  expect((await ask(undefined, (count) => failures.push(count))).token).toBe('wss://x');
  expect(seen).toHaveLength(3);
  expect(failures).toEqual([1, 2]);
});

it('tells a refusal at once', async () => {
  script = [{ status: 409, body: { error: { code: 'ROOM_CLOSED', message: 'Team is closed' } } }];
  await expect(ask()).rejects.toMatchObject({ code: 'ROOM_CLOSED', status: 409, message: 'Team is closed' });
  expect(seen).toHaveLength(1);
});

it('tells an answer that it does not understand', async () => {
  script = [{ status: 200, body: { token: 7 } }];
  await expect(ask()).rejects.toMatchObject({ code: 'OTHER' });
});

it('stops waiting when it is told to', async () => {
  script = [{ status: 503 }, { status: 503 }, { status: 503 }];
  const controller = new AbortController();
  const asked = ask(controller.signal);
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  controller.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});
