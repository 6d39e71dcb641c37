import { Evercall } from '@evercall/server-sdk';
import { type Browser, expect } from '@playwright/test';
import type { Attendance } from '../bench/instrument/participant.ts';
import type { FaultyCluster } from '../support/cluster/faulty-cluster.ts';
import { InstrumentServer } from '../support/instrument-server.ts';
import { Person, type ServedBy } from '../support/room.ts';

const names = ['ann', 'bob', 'cyd'];
/** Milliseconds in which everything is well again, on a machine that carries the whole cluster and the browser. */
const timeout = 30_000;
/** Each of the others' cameras and microphones, and ann's screen. */
const streams = names.length + 1;

/** What of a company must not change, whatever breaks. */
interface Identity extends Attendance {
  /** Ids of the video elements that each person's page plays. */
  elements: string[][];
}

/** Three people in one room who send audio and video, one of them a screen, too. */
export class Company implements AsyncDisposable {
  readonly people: readonly Person[];
  readonly room: string;
  readonly #server: InstrumentServer;
  readonly #backend: Evercall;
  readonly #said: string[] = [];
  #identity: Identity | undefined;

  private constructor(
    people: readonly Person[],
    options: { room: string; server: InstrumentServer; backend: Evercall },
  ) {
    this.people = people;
    this.room = options.room;
    this.#server = options.server;
    this.#backend = options.backend;
  }

  static async gather(cluster: FaultyCluster, browser: Browser): Promise<Company> {
    const server = await InstrumentServer.start(cluster);
    const room = `chaos-${process.pid}`;
    const people: Person[] = [];
    for (const name of names) {
      const person = await Person.open(browser, { url: server.url, name });
      await person.enter({ room, screen: name === names[0] });
      people.push(person);
    }
    const company = new Company(people, { room, server, backend: new Evercall(cluster) });
    await company.isWell();
    return company;
  }

  async servedBy(): Promise<ServedBy[]> {
    return Promise.all(this.people.map(async (person) => person.servedBy()));
  }

  /** Everybody says something, whatever their connection is like at the moment. */
  async talk(): Promise<void> {
    await Promise.all(
      this.people.map(async (person) => {
        const text = `${person.name} ${this.#said.length}`;
        this.#said.push(text);
        await person.say(text);
      }),
    );
  }

  /**
   * Everybody is connected, gets something new of every track in the elements that played it all along, has heard all
   * that was said once, and sees the same connections and streams as the others and as REST. Those have not changed.
   */
  async isWell(): Promise<void> {
    for (const person of this.people) await expect.poll(() => person.state(), { timeout }).toBe('connected');
    for (const person of this.people) await this.#receives(person);
    for (const person of this.people) {
      const heard = async () => (await person.heard()).toSorted();
      await expect
        .poll(heard, { timeout, message: `what ${person.name} heard` })
        .toEqual(this.#said.toSorted());
    }
    await expect.poll(() => this.#attendances(), { timeout }).toEqual(this.#everywhere(await this.#listed()));
    await this.#isTheSame();
  }

  /** Something was heard or seen of each that a page notes: `reconnected`. */
  async notice(what: string): Promise<void> {
    for (const person of this.people) {
      const noticed = async () => (await person.collect()).events.map((event) => event.what);
      await expect.poll(noticed, { timeout, message: `what ${person.name} noticed` }).toContain(what);
    }
  }

  /** What pages noticed before counts no more. */
  async forget(): Promise<void> {
    await Promise.all(this.people.map(async (person) => person.forget()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.people.map(async (person) => person.close()));
    await this.#server[Symbol.asyncDispose]();
  }

  async #receives(person: Person): Promise<void> {
    const others = names.filter((name) => name !== person.name);
    const wanted = others.flatMap((name) => [
      `${name} camera audio`,
      `${name} camera video`,
      ...(name === names[0] ? [`${name} screen video`] : []),
    ]);
    const before = new Map<string, number>();
    const grown = async () => {
      const tracks = await person.tracks();
      return tracks
        .map(({ name, trackId, amount }) => {
          const first = before.get(trackId);
          if (first === undefined) before.set(trackId, amount);
          return amount > (first ?? amount) ? name : `${name}, still`;
        })
        .toSorted();
    };
    await expect.poll(grown, { timeout, message: `what ${person.name} gets` }).toEqual(wanted.toSorted());
  }

  async #attendances(): Promise<Attendance[]> {
    return [
      ...(await Promise.all(this.people.map(async (person) => person.attendance()))),
      await this.#listed(),
    ];
  }

  async #listed(): Promise<Attendance> {
    const { connections } = await this.#backend.getSession(this.room);
    const active = connections.content.filter(({ status }) => status === 'active');
    return {
      connections: active.map(({ connectionId }) => connectionId).toSorted(),
      streams: active
        .flatMap(({ publishers }) => publishers ?? [])
        .map(({ streamId }) => streamId)
        .toSorted(),
    };
  }

  #everywhere(attendance: Attendance): Attendance[] {
    return [...this.people, 'REST'].map(() => attendance);
  }

  async #isTheSame(): Promise<void> {
    if (!this.#identity) await Promise.all(this.people.map(async ({ page }) => markElements(page)));
    const elements = await Promise.all(this.people.map(async ({ page }) => playingElements(page)));
    const identity = { ...(await this.#listed()), elements };
    this.#identity ??= identity;
    expect(identity).toEqual(this.#identity);
    expect(identity.connections).toHaveLength(names.length);
    expect(identity.streams).toHaveLength(streams);
  }
}

/** Marks the page's video elements, so that one that takes another's place is told from it. */
async function markElements(page: Person['page']): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('video')) element.dataset.kept = '';
  });
}

async function playingElements(page: Person['page']): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('video'), ({ id, dataset, paused }) => {
      return `${id}${'kept' in dataset ? '' : ', another'}${paused ? ', paused' : ''}`;
    }).toSorted(),
  );
}
