import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually, freePort } from '@evercall/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { renderHaproxyConfig } from '../../haproxy/render.ts';
import { ensureCertificate } from '../src/lan/certificate.ts';
import { runHaproxy } from './support/balancer.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A master of which only the health and one route matter; 503, 404 and 200 can be switched. */
async function startMaster(name: string) {
  let health = 200;
  const answer: RequestListener = (request, response) => {
    response.statusCode = request.url === '/health/ready' ? health : 200;
    response.end(name);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  cleanups.push(stop);
  const { port } = server.address() as AddressInfo;
  return {
    master: { name, host: '127.0.0.1', port },
    stop,
    setHealth: (status: number) => {
      health = status;
    },
  };
}

/** Body of what is answered with 200, else the status. Only what the certificate is for is trusted. */
function getOverTls(options: { port: number; path: string; ca: Buffer }): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', agent: false, ...options }, (response) => {
      text(response).then(
        (body) => resolve(response.statusCode === 200 ? body : `${response.statusCode}`),
        reject,
      );
    });
    request.once('error', reject);
  });
}

describe('renderHaproxyConfig', () => {
  it('is accepted by HAProxy itself', async () => {
    const masters = [1, 2].map((n) => ({ name: `master-${n}`, host: '127.0.0.1', port: 4500 + n }));
    const config = renderHaproxyConfig({ addresses: ['127.0.0.1', '::1'], port: await freePort(), masters });
    await using check = runHaproxy(['-c'], config);
    await expect(check.exited).resolves.toBe(0);
    expect(check.output()).not.toContain('WARNING');
  });

  it('is accepted for masters that a name server knows, too', async () => {
    const masters = {
      name: 'master',
      host: 'masters.internal',
      port: 4501,
      slots: 8,
      nameServer: '127.0.0.11:53',
    };
    const config = renderHaproxyConfig({ addresses: ['127.0.0.1'], port: await freePort(), masters });
    await using check = runHaproxy(['-c'], config);
    await expect(check.exited).resolves.toBe(0);
    expect(check.output()).not.toContain('WARNING');
    expect(() =>
      renderHaproxyConfig({ addresses: [], port: 1, masters: { ...masters, nameServer: 'dns\n  bind :1' } }),
    ).toThrow(RangeError);
  });

  it('offers one HTTPS origin for page, backend and sockets, and REST only when told to', async () => {
    const [master, backend, page] = [
      await startMaster('m'),
      await startMaster('backend'),
      await startMaster('page'),
    ];
    const dir = mkdtempSync(join(tmpdir(), 'evercall-origin-'));
    cleanups.push(async () => rmSync(dir, { recursive: true }));
    const file = join(dir, 'lan.pem');
    const certificate = await ensureCertificate({ host: '127.0.0.1', file, given: undefined });
    for (const rest of [false, true]) {
      const port = await freePort();
      const config = renderHaproxyConfig({
        addresses: ['127.0.0.1'],
        port: await freePort(),
        masters: [master.master],
        origin: { address: '127.0.0.1', port, certificate, rest, backend: backend.master, page: page.master },
      });
      await using balancer = runHaproxy(['-db'], config);
      const ask = async (path: string) => getOverTls({ port, path, ca: readFileSync(file) });
      await eventually(async () => expect(await ask('/evercall/socket/')).toBe('m'));
      expect(await ask('/api/rooms')).toBe('backend');
      expect(await ask('/?room=a')).toBe('page');
      expect(await ask('/apiary')).toBe('page');
      expect(await ask('/openvidu/api/sessions')).toBe(rest ? 'm' : '403');
      expect(await ask('/cluster/api/nodes')).toBe(rest ? 'm' : '403');
      expect(balancer.output()).not.toContain('WARNING');
    }
  });

  it('refuses names and addresses that would become settings', () => {
    const master = { name: 'master-1', host: '127.0.0.1', port: 1 };
    const render = (change: object) =>
      renderHaproxyConfig({ addresses: ['127.0.0.1'], port: 1, masters: [{ ...master, ...change }] });
    expect(() => render({ name: 'a\n  timeout client 1ms' })).toThrow(RangeError);
    expect(() => render({ host: '127.0.0.1 check' })).toThrow(RangeError);
  });

  it('spreads requests, leaves out a draining and a dead master, and closes after each answer', async () => {
    const [first, second] = [await startMaster('master-1'), await startMaster('master-2')];
    const port = await freePort();
    const masters = [first.master, second.master];
    const config = renderHaproxyConfig({ addresses: ['127.0.0.1'], port, masters });
    await using balancer = runHaproxy(['-db'], config);
    const answers = async (): Promise<string[]> => {
      const all = Array.from({ length: 8 }, async () => {
        const response = await fetch(`http://127.0.0.1:${port}/x?token=hidden`);
        expect(response.headers.get('connection')).toBe('close');
        return await response.text();
      });
      return [...new Set(await Promise.all(all))].sort();
    };
    await eventually(async () => expect(await answers()).toEqual(['master-1', 'master-2']));
    first.setHealth(404);
    await eventually(async () => expect(await answers()).toEqual(['master-2']));
    first.setHealth(200);
    await eventually(async () => expect(await answers()).toEqual(['master-1', 'master-2']));
    await second.stop();
    await eventually(async () => expect(await answers()).toEqual(['master-1']));
    const [line = ''] = balancer.output().split('\n');
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', path: '/x', status: 200 });
    expect(balancer.output()).not.toContain('hidden');
  });
});
