import { readConfig } from '../src/config.js';
import { createApp } from '../src/create-app.js';
import { deployByWasmEngine } from '../src/database/wasm-engine.js';
import { PlatformStandIn } from './platform-stand-in.js';
import { createTestDatabase } from './postgres-server.js';

/** What a call came to. */
export interface Answer {
  status: number;
  headers: Headers;
  json: unknown;
}

type Call = (request: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** The running API on a database of its own, with a stand-in for the platform. */
export interface TestApi extends AsyncDisposable {
  readonly platform: PlatformStandIn;
  call: Call;
  /** Starts a second process' worth of it, on the same database and platform; it ends with the first. */
  startAnother(): Promise<Call>;
}

export async function startApi(env: Record<string, string> = {}): Promise<TestApi> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase());
  const platform = stack.use(await PlatformStandIn.start());
  await deployByWasmEngine(database.url);
  const startOne = async (): Promise<Call> => {
    const config = readConfig({
      DATABASE_URL: database.url,
      OPENVIDU_URL: platform.url,
      PORT: '0',
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      ...env,
    });
    const app = await createApp(config);
    stack.defer(() => app.close());
    await app.listen(0, '127.0.0.1');
    return callerOf(await app.getUrl());
  };
  return {
    platform,
    call: await startOne(),
    startAnother: startOne,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function callerOf(url: string): Call {
  return async (request, body, headers = {}) => {
    const [method = 'GET', path = '/'] = request.split(' ');
    const response = await fetch(url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : undefined };
  };
}
