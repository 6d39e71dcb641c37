import { OpenVidu } from 'openvidu-node-client';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { getToken, isAway } from '../examples/stock-client.js';
import { PlatformStandIn } from './platform-stand-in.js';

let platform: PlatformStandIn;
beforeAll(async () => {
  platform = await PlatformStandIn.start();
});
afterEach(() => {
  platform.fault = undefined;
});
afterAll(() => platform[Symbol.asyncDispose]());

const backend = () => new OpenVidu(platform.url, platform.secret);

it.each([502, 503, 504])('a backend with the stock client gets its token in spite of %d', async (status) => {
  let failures = 4;
  platform.fault = () => (failures-- > 0 ? { status } : undefined);
  expect(await getToken(backend(), `away-${status}`)).toContain('tok_');
});

it('creates the session again that ended between its two requests', async () => {
  let failures = 1;
  platform.fault = ({ path }) => {
    if (!path.endsWith('/connection') || failures-- <= 0) return undefined;
    platform.sessions.delete('ended');
    return { status: 404 };
  };
  expect(await getToken(backend(), 'ended')).toContain('tok_');
  expect(platform.created.filter((id) => id === 'ended')).toHaveLength(2);
});

it('does not repeat what is refused', async () => {
  const before = platform.requests.length;
  await expect(getToken(new OpenVidu(platform.url, 'wrong'), 'refused')).rejects.toThrow('401');
  expect(platform.requests).toHaveLength(before + 1);
});

it("knows what the client says, which OpenVidu's documented comparison does not", async () => {
  platform.fault = () => ({ status: 503 });
  const answered = await caught(backend());
  expect(answered.message).toBe('503');
  expect((answered.message as unknown) === 503).toBe(false);
  expect(isAway(answered)).toBe(true);

  const refused = await caught(new OpenVidu('http://127.0.0.1:1', platform.secret));
  expect(refused.message).not.toMatch(/\d{3}/);
  expect(isAway(refused)).toBe(true);
});

async function caught(openvidu: OpenVidu): Promise<Error> {
  try {
    await openvidu.createSession({ customSessionId: 'any' });
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it was answered');
}
