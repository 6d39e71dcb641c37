import { eventually } from '@evercall/testing';
import { type Browser, chromium } from '@playwright/test';
import { chromiumFlags } from '../../support/chromium-flags.ts';
import type { FaultyCluster } from '../../support/cluster/faulty-cluster.ts';
import { InstrumentServer } from '../../support/instrument-server.ts';
import { MediaRelay } from '../../support/media-relay.ts';
import { Person } from '../../support/room.ts';
import type { Measured } from '../instrument/participant.ts';
import { measureWindow } from './measure.ts';

const names = ['ann', 'bob', 'cyd'];
const settleMs = 1500;
/** More than what counts as lost. */
const flowMs = 1100;
const enterMs = 60_000;

/** Three people in one room, each seeing and hearing the others, who stay for as many faults as they survive. */
export class Stage implements AsyncDisposable {
  readonly people: readonly Person[];
  readonly #browser: Browser;
  readonly #server: InstrumentServer;
  readonly #cluster: FaultyCluster;
  readonly #relay: MediaRelay;
  #rooms = 0;

  private constructor(options: {
    people: readonly Person[];
    browser: Browser;
    server: InstrumentServer;
    cluster: FaultyCluster;
    relay: MediaRelay;
  }) {
    this.people = options.people;
    this.#browser = options.browser;
    this.#server = options.server;
    this.#cluster = options.cluster;
    this.#relay = options.relay;
  }

  /** @param relayed the first of them can lose the network; that costs the machine a little, so only where needed */
  static async open(
    cluster: FaultyCluster,
    { chrome, relayed }: { chrome: string; relayed: boolean },
  ): Promise<Stage> {
    const server = await InstrumentServer.start(cluster);
    const browser = await chromium.launch({ executablePath: chrome, args: chromiumFlags });
    const relay = await MediaRelay.start(relayed ? cluster.mediaPorts : []);
    const people: Person[] = [];
    for (const [index, name] of names.entries()) {
      const through = relayed && index === 0 ? relay : undefined;
      people.push(await Person.open(browser, { url: server.url, name, relay: through }));
    }
    return new Stage({ people, browser, server, cluster, relay });
  }

  get browserVersion(): string {
    return this.#browser.version();
  }

  /** Everybody leaves and enters a new room. @param hostedBy who is to host it where the application repairs it */
  async newRoom(hostedBy?: 'master' | 'any'): Promise<void> {
    await Promise.all(this.people.map(async (person) => person.leave()));
    this.#rooms += 1;
    const room = `bench-${process.pid}-${this.#rooms}`;
    if (hostedBy) this.#server.setRecovery(room, 'application');
    if (hostedBy === 'master') await this.#createAt(this.#cluster.names('master')[0] ?? '', room);
    await Promise.all(this.people.map(async (person) => person.enter({ room })));
    await this.#allFlows();
    // Encoders and jitter buffers take a moment until they run evenly.
    await new Promise((resolve) => setTimeout(resolve, settleMs));
  }

  async forget(): Promise<void> {
    await Promise.all(this.people.map(async (person) => person.forget()));
  }

  async collect(): Promise<Map<string, Measured>> {
    const measured = this.people.map(async (person): Promise<[string, Measured]> => {
      return [person.name, await person.collect()];
    });
    return new Map(await Promise.all(measured));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A browser that is gone already has nobody to leave; what went wrong with it is told by whoever uses it.
    await Promise.allSettled(this.people.map(async (person) => person.leave()));
    await this.#browser.close();
    await this.#relay[Symbol.asyncDispose]();
    await this.#server[Symbol.asyncDispose]();
  }

  /** Something of every track came to everybody, and each hears their own signals. */
  async #allFlows(): Promise<void> {
    await eventually(
      async () => {
        await this.forget();
        const from = Date.now();
        await new Promise((resolve) => setTimeout(resolve, flowMs));
        const options = { from, to: Date.now(), names, signalling: names };
        const { lost } = measureWindow(await this.collect(), options);
        if (lost.length > 0) throw new Error(`without a fault nothing comes of: ${lost.join(', ')}`);
      },
      { timeoutMs: enterMs },
    );
  }

  /** A master hosts the rooms that are created through it. */
  async #createAt(master: string, room: string): Promise<void> {
    const { secret } = this.#cluster;
    const response = await fetch(`${this.#cluster.addressOf(master)}/openvidu/api/sessions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`,
      },
      body: JSON.stringify({ customSessionId: room, recovery: 'application' }),
    });
    if (!response.ok) throw new Error(`${master} creates no room: ${await response.text()}`);
  }
}
