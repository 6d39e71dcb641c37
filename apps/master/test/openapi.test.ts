import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { version } from '../src/node/version.js';
import { openApiDocument } from '../src/openapi/document.js';
import { operations } from '../src/openapi/operations.js';
import { asker } from './support/asker.js';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start({ media: 2 });
});
afterAll(async () => cluster[Symbol.asyncDispose]());

const ask = asker(() => cluster);

/** What was answered otherwise than the document says. */
const wrong: string[] = [];
afterEach(() => wrong.splice(0));

/** Asks, and compares the answer with what the document says of it. */
async function askAs(
  method: string,
  path: string,
  { template = path, body }: { template?: string; body?: object } = {},
) {
  const operation = operations.find((one) => one.method === method.toLowerCase() && one.path === template);
  const { status, text, json, list } = await ask(method, path, { body });
  const answered = operation?.answer ?? z.literal('');
  const isAsTold = operation?.status === status && answered.safeParse(json ?? list ?? text).success;
  if (!isAsTold) wrong.push(`${method} ${path}: ${status} ${text}`);
  return json;
}

describe('the OpenAPI document', () => {
  it('is the committed one; npm run x -- pnpm --filter @evercall/master run openapi, if a change was meant', () => {
    const committed: unknown = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));
    expect(JSON.parse(JSON.stringify(openApiDocument(version)))).toEqual(committed);
  });

  it('is served without the secret', async () => {
    const response = await fetch(`${cluster.master(1).url}/cluster/api/openapi.json`);
    expect(await response.json()).toMatchObject({ openapi: '3.1.0', info: { version } });
  });

  it('tells of every route there is, and of no other', () => {
    const router: unknown = cluster.master(0).app.getHttpAdapter().getInstance().router;
    const { stack } = router as { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
    const served = stack.flatMap(({ route }) =>
      Object.keys(route?.methods ?? {}).map(
        (method) => `${method} ${route?.path.replaceAll(/:(\w+)/g, '{$1}')}`,
      ),
    );
    const told = operations.map(({ method, path }) => `${method} ${path}`);
    // What masters ask each other, and what catches everything that isn't mapped.
    const others = served.filter((one) => !/\/cluster\/peers|\/openvidu\/api(\/\{?\*|$)/.test(one));
    expect(new Set(others)).toEqual(new Set(told));
  });

  it('says what is really answered about sessions and connections', async () => {
    const id = '/openvidu/api/sessions/{id}';
    await askAs('POST', '/openvidu/api/sessions', { body: { customSessionId: 'told' } });
    const one = id.replace('{id}', 'told');
    const { connectionId, token } = await askAs('POST', `${one}/connection`, {
      template: `${id}/connection`,
      body: {
        role: 'PUBLISHER',
        customIceServers: [{ url: 'turn:turn.example', username: 'u', credential: 'c' }],
      },
    });
    const other = await askAs('POST', '/openvidu/api/tokens', { body: { session: 'told' } });
    const [ann, bob] = [
      await TestClient.join(cluster.master(0).url, token),
      await TestClient.join(cluster.master(1).url, other.token),
    ];
    const { streamId } = await ann.publish();
    await bob.subscribe((await bob.event('streamCreated')).stream.streamId);
    await askAs('GET', '/openvidu/api/sessions');
    await askAs('GET', one, { template: id });
    await askAs('GET', `${one}/connection`, { template: `${id}/connection` });
    await askAs('GET', `${one}/connection/${connectionId}`, { template: `${id}/connection/{connectionId}` });
    await askAs('POST', '/openvidu/api/signal', { body: { session: 'told', data: 'hi' } });
    const placement = '/cluster/api/sessions/{id}';
    await askAs('GET', '/cluster/api/sessions/told', { template: placement });
    await askAs('POST', '/cluster/api/sessions/told/move', { template: `${placement}/move`, body: {} });
    await askAs('DELETE', `${one}/stream/${streamId}`, { template: `${id}/stream/{streamId}` });
    await askAs('DELETE', `${one}/connection/${connectionId}`, {
      template: `${id}/connection/{connectionId}`,
    });
    await askAs('DELETE', one, { template: id });
    for (const client of [ann, bob]) client.close();
    expect(wrong).toEqual([]);
  });

  it('says what is really answered about the cluster', async () => {
    for (const path of [
      '/cluster/api/nodes',
      '/cluster/api/groups',
      '/openvidu/api/health',
      '/openvidu/health',
    ]) {
      await askAs('GET', path);
    }
    for (const path of [
      '/health/live',
      '/health/ready',
      '/metrics',
      '/openvidu/api/config/openvidu-publicurl',
    ]) {
      await askAs('GET', path);
    }
    expect(wrong).toEqual([]);
  });

  it('says what a wrong parameter is answered with', async () => {
    const { ErrorAnswer } = await import('../src/openapi/answers.js');
    const { json } = await ask('POST', '/openvidu/api/sessions', { body: { recovery: 'never' } });
    expect(ErrorAnswer.parse(json)).toMatchObject({ status: 400, field: 'recovery' });
  });
});
