import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { chooseFreePorts } from '../../infra/local/src/cluster/choose-ports.ts';
import { LocalCluster } from '../../infra/local/src/cluster/local-cluster.ts';
import { prepareLan } from '../../infra/local/src/lan/prepare-lan.ts';
import { parseSettings } from '../../infra/local/src/settings.ts';
import { nextFree } from '../../infra/local/src/system/ports.ts';
import { chromiumFlags } from '../support/chromium-flags.js';
import { newRoom } from '../support/environment.js';
import { type People, test } from '../support/people.js';

/** Chromium sends no UDP then, as in a network that lets none through. */
const noUdp = '--webrtc-ip-handling-policy=disable_non_proxied_udp';
/** The certificate was made here; people click on "go on". */
const trusting = { ignoreHTTPSErrors: true };

const dir = mkdtempSync(join(tmpdir(), 'evercall-lan-'));
let cluster: LocalCluster | undefined;
let origin: string;

test.beforeAll(async () => {
  const {
    REDIS_SERVER_BIN: redis,
    HAPROXY_BIN: haproxy,
    MEDIASOUP_WORKER_BIN: mediasoupWorker,
  } = process.env;
  if (!redis || !haproxy || !mediasoupWorker) {
    throw new Error('REDIS_SERVER_BIN, HAPROXY_BIN and MEDIASOUP_WORKER_BIN must name the programs');
  }
  const settings = parseSettings({ LAN_PORT: `${await nextFree(18_443, new Set())}` });
  const lan = await prepareLan(settings, { host: undefined, dir: join(dir, 'tls') });
  cluster = new LocalCluster({
    settings,
    programs: { redis, haproxy, mediasoupWorker },
    ports: await chooseFreePorts(settings),
    addresses: ['127.0.0.1'],
    lan,
    dir,
    durable: false,
    onUnexpectedExit: (sentence) => console.error(sentence),
  });
  ({ tutorial: origin } = await cluster.start());
});

test.afterAll(async () => {
  await cluster?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function enter(people: People, name: string, browser?: Parameters<People['open']>[1]) {
  const person = await people.open(`${origin}/?room=${room}&name=${name}&join=1`, browser, trusting);
  await person.isInState('connected');
  return person;
}

/** How media comes: `udp 192.168.1.20`, of every connection that the page has. */
async function ways(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    for (const connection of window.rememberedConnections) {
      const report = await connection.getStats();
      for (const entry of report.values()) {
        if (entry.type !== 'transport' || !entry.selectedCandidatePairId) continue;
        const pair = report.get(entry.selectedCandidatePairId);
        const { protocol, address } = report.get(pair.remoteCandidateId);
        found.push(`${protocol} ${address}`);
      }
    }
    return found;
  });
}

let room: string;
test.beforeEach(() => {
  room = newRoom();
});

test('other machines meet over one https address, which is all that they need', async ({ people }) => {
  const { hostname } = new URL(origin);
  expect(hostname).not.toMatch(/^127\./);
  const [ann, bob] = [await enter(people, 'ann'), await enter(people, 'bob')];
  const asked = new Set<string>();
  bob.page.on('request', (request) => asked.add(new URL(request.url()).origin));
  bob.page.on('websocket', (socket) => asked.add(new URL(socket.url()).origin.replace('ws', 'http')));
  await bob.page.reload();
  await bob.isInState('connected');
  for (const person of [ann, bob]) await person.receives({ audio: 1, video: 1 });
  expect([...asked]).toEqual([origin]);
  expect(new Set(await ways(ann.page))).toEqual(new Set([`udp ${hostname}`]));
  // The cluster can be looked at, not broken, and its REST API is closed while everybody knows the secret.
  await ann.page.getByTestId('toggle-cluster').click();
  await expect(ann.page.getByTestId('read-only')).toBeVisible();
  const status = await ann.page.evaluate(async () => (await fetch('/openvidu/api/sessions')).status);
  expect(status).toBe(403);
});

test('who is in a network without UDP sees and hears the others over TCP', async ({ people, launch }) => {
  const ann = await enter(people, 'ann');
  const bob = await enter(people, 'bob', await launch([...chromiumFlags, noUdp]));
  for (const person of [ann, bob]) await person.receives({ audio: 1, video: 1 });
  expect(new Set(await ways(bob.page))).toEqual(new Set([`tcp ${new URL(origin).hostname}`]));
});
