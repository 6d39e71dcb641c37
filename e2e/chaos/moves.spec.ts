import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { FaultyCluster } from '../support/cluster/faulty-cluster.ts';
import { InstrumentServer } from '../support/instrument-server.ts';
import { Person } from '../support/room.ts';

// Two people in a room whose media goes to another media node: what an application hears of it, and what it doesn't have to do.

const timeout = 30_000;
let cluster: FaultyCluster;
let server: InstrumentServer;
let people: Person[];
const room = `moves-${process.pid}`;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  const dir = fileURLToPath(new URL('../../.evercall/moves', import.meta.url));
  cluster = await FaultyCluster.start({ dir });
  server = await InstrumentServer.start(cluster);
  people = await Promise.all(['ann', 'bob'].map((name) => Person.open(browser, { url: server.url, name })));
  for (const person of people) await person.enter({ room });
  for (const person of people) {
    await expect(person.page.locator('video')).toHaveCount(1);
    await person.page.locator('video').evaluate((element) => element.setAttribute('data-kept', ''));
    await goesOn(person);
  }
});

test.beforeEach(async () => {
  await cluster.heal();
  for (const person of people) await person.forget();
});

test.afterAll(async () => {
  await Promise.all(people?.map(async (person) => person.close()) ?? []);
  await server?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

test('a planned move is not noticed: no event, the same elements, the tracks go on', async () => {
  const before = await mediaNode();
  await move();
  await expect.poll(() => mediaNode(), { timeout }).not.toBe(before);
  await over();
  for (const person of people) {
    await goesOn(person);
    expect(await heard(person)).toEqual([]);
  }
});

test('a media node that is killed is one interruption, over when the tracks go on in the same elements', async () => {
  const victim = await mediaNode();
  cluster.kill(victim);
  for (const person of people) {
    await expect.poll(() => heard(person), { timeout }).toEqual(['reconnecting', 'reconnected']);
    await goesOn(person);
    expect(await heard(person)).toEqual(['reconnecting', 'reconnected']);
  }
  expect(await mediaNode()).not.toBe(victim);
});

test('a media node that is killed while a session moves to it is one interruption', async () => {
  await move();
  const { legs } = await placement();
  cluster.kill(legs.find(({ leaving }) => !leaving)?.mediaNodeName ?? '');
  for (const person of people) {
    await expect.poll(() => heard(person), { timeout }).toEqual(['reconnecting', 'reconnected']);
    await goesOn(person);
  }
});

/** Everything of the other one goes on, in an element that was there all along. */
async function goesOn(person: Person): Promise<void> {
  const wanted = person.name === 'ann' ? 'bob' : 'ann';
  const before = new Map<string, number>();
  const grown = async () => {
    const tracks = await person.tracks();
    return tracks
      .filter(({ trackId, amount }) => {
        const first = before.get(trackId);
        if (first === undefined) before.set(trackId, amount);
        return first !== undefined && amount > first;
      })
      .map(({ name }) => name)
      .toSorted();
  };
  const message = `what ${person.name} gets`;
  await expect
    .poll(grown, { timeout, message })
    .toEqual([`${wanted} camera audio`, `${wanted} camera video`]);
  const elements = await person.page.evaluate(() =>
    Array.from(document.querySelectorAll('video'), ({ dataset, paused }) => ({ kept: dataset.kept, paused })),
  );
  expect(elements).toEqual([{ kept: '', paused: false }]);
}

/** What the person's application heard of interruptions. */
async function heard(person: Person): Promise<string[]> {
  const { events } = await person.collect();
  return events.map(({ what }) => what).filter((what) => /reconnect|disconnect|exception/.test(what));
}

async function mediaNode(): Promise<string> {
  const nodes = await Promise.all(people.map(async (person) => (await person.servedBy()).mediaNodeName));
  return [...new Set(nodes)].join(' and ');
}

interface Placement {
  legs: { mediaNodeName: string; leaving: boolean }[];
}

async function placement(): Promise<Placement> {
  return ask('GET', '');
}

/** Nobody is at the old place any more. */
async function over(): Promise<void> {
  await expect.poll(async () => (await placement()).legs.length, { timeout }).toBe(1);
}

async function move(): Promise<Placement> {
  return ask('POST', '/move');
}

async function ask(method: string, path: string): Promise<Placement> {
  const response = await fetch(`${cluster.url}/cluster/api/sessions/${room}${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`OPENVIDUAPP:${cluster.secret}`).toString('base64')}`,
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { body: '{}' } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Placement;
}
