import { isDeepStrictEqual } from 'node:util';
import { StreamId } from '@evercall/protocol';
import { Evercall } from '@evercall/server-sdk';
import { eventually } from '@evercall/testing';
import type { Browser } from '@playwright/test';
import type { Attendance } from '../../bench/instrument/participant.ts';
import type { FaultyCluster } from '../../support/cluster/faulty-cluster.ts';
import { InstrumentServer } from '../../support/instrument-server.ts';
import { LightClient } from '../../support/light/light-client.ts';
import { Person } from '../../support/room.ts';
import { Model } from './model.ts';

const browserNames = ['web-1', 'web-2'];
const agreeMs = 30_000;

/** Two browsers and any number of lightweight clients in one room, and the model of what they must see. */
export class Crowd implements AsyncDisposable {
  readonly model = new Model();
  readonly #room: string;
  readonly #server: InstrumentServer;
  readonly #backend: Evercall;
  readonly #people = new Map<string, Person>();
  readonly #light = new Map<string, LightClient>();

  private constructor(room: string, server: InstrumentServer, backend: Evercall) {
    this.#room = room;
    this.#server = server;
    this.#backend = backend;
  }

  static async gather(cluster: FaultyCluster, browser: Browser): Promise<Crowd> {
    const server = await InstrumentServer.start(cluster);
    const crowd = new Crowd(`crowd-${process.pid}`, server, new Evercall(cluster));
    for (const name of browserNames) await crowd.#enter(browser, name);
    await crowd.agrees();
    return crowd;
  }

  get lightNames(): string[] {
    return [...this.#light.keys()];
  }

  async join(name: string): Promise<void> {
    await this.#backend.createSession({ customSessionId: this.#room });
    const { token } = await this.#backend.createConnection(this.#room);
    const client = await LightClient.join(token ?? '', name);
    this.#light.set(name, client);
    this.model.joined(name, client.connectionId);
  }

  async leave(name: string): Promise<void> {
    const client = this.#client(name);
    this.#light.delete(name);
    this.model.left(name);
    await client.leave();
  }

  async publish(name: string): Promise<void> {
    this.model.published(name, await this.#client(name).publish());
  }

  async unpublish(name: string, streamId: string): Promise<void> {
    this.model.unpublished(name, streamId);
    await this.#client(name).unpublish(StreamId.parse(streamId));
  }

  async say(name: string, text: string): Promise<void> {
    this.model.said(text);
    await (this.#people.get(name) ?? this.#client(name)).say(text);
  }

  /** The client's socket goes without a word. */
  drop(name: string): void {
    this.#client(name).drop();
  }

  /**
   * Every browser, every client and REST agree with the model, and the browsers see and hear each other.
   *
   * @throws Error naming who sees what instead
   */
  async agrees(): Promise<void> {
    await eventually(async () => this.#compare(), { timeoutMs: agreeMs, everyMs: 100 });
    await this.#browsersReceive();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([...this.#light.values()].map(async (client) => client.leave()));
    await Promise.all([...this.#people.values()].map(async (person) => person.close()));
    await this.#server[Symbol.asyncDispose]();
  }

  async #enter(browser: Browser, name: string): Promise<void> {
    const person = await Person.open(browser, { url: this.#server.url, name });
    await person.enter({ room: this.#room });
    this.#people.set(name, person);
    const { connectionId, streams } = await person.own();
    this.model.joined(name, connectionId);
    for (const streamId of streams) this.model.published(name, streamId);
  }

  async #compare(): Promise<void> {
    const wanted = this.model.attendance();
    for (const [name, { view, ended }] of this.#light) {
      if (ended !== undefined) throw new Error(`${name} is out: ${ended}`);
      mustEqual(`${name} sees`, view.attendance(), wanted);
      mustEqual(`${name} heard`, view.heard, this.model.heardBy(name));
    }
    for (const [name, person] of this.#people) {
      mustEqual(`${name} is`, await person.state(), 'connected');
      mustEqual(`${name} sees`, await person.attendance(), wanted);
      mustEqual(`${name} heard`, await person.heard(), this.model.heardBy(name));
    }
    mustEqual('REST lists', await this.#listed(), wanted);
  }

  async #browsersReceive(): Promise<void> {
    for (const [name, person] of this.#people) {
      const before = new Map<string, number>();
      await eventually(
        async () => {
          const tracks = (await person.tracks()).filter((track) =>
            browserNames.includes(track.name.split(' ')[0] ?? ''),
          );
          const grown = tracks.filter(({ trackId, amount }) => amount > (before.get(trackId) ?? amount));
          for (const { trackId, amount } of tracks) if (!before.has(trackId)) before.set(trackId, amount);
          mustEqual(`${name} gets something new of`, grown.map(({ name: track }) => track).length, 2);
        },
        { timeoutMs: agreeMs, everyMs: 100 },
      );
    }
  }

  async #listed(): Promise<Attendance> {
    const { connections } = await this.#backend.getSession(this.#room);
    const active = connections.content.filter(({ status }) => status === 'active');
    return {
      connections: active.map(({ connectionId }) => connectionId).toSorted(),
      streams: active
        .flatMap(({ publishers }) => publishers ?? [])
        .map(({ streamId }) => streamId)
        .toSorted(),
    };
  }

  #client(name: string): LightClient {
    const client = this.#light.get(name);
    if (!client) throw new Error(`there is no ${name}`);
    return client;
  }
}

function mustEqual(what: string, seen: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(seen, wanted)) {
    throw new Error(`${what} ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`);
  }
}
