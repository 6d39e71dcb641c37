import { type Browser, type BrowserContextOptions, test as base } from '@playwright/test';
import { environment } from './environment.js';
import { Participant } from './participant.js';

/** Brings people into rooms, and out again when the test is over. */
export class People {
  readonly #browser: Browser;
  readonly #met: Participant[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /**
   * Opens an address of the tutorial's page.
   *
   * @param browser another one than the test's own
   * @param device what it is opened on, a telephone
   */
  async open(
    address: string,
    browser = this.#browser,
    device: BrowserContextOptions = {},
  ): Promise<Participant> {
    const participant = await Participant.open(browser, new URL(address, environment.webUrl).href, device);
    this.#met.push(participant);
    return participant;
  }

  /** Follows an invite link that joins at once. @param extra more of the link, `&fake=1` */
  async enter(room: string, name: string, extra = ''): Promise<Participant> {
    const participant = await this.open(`/?room=${room}&name=${name}&join=1${extra}`);
    await participant.isInState('connected');
    return participant;
  }

  /** Ann and Bob, whose sockets are on different masters. */
  async enterApart(room: string): Promise<[Participant, Participant]> {
    const ann = await this.enter(room, 'ann');
    // The load balancer takes the master with fewer connections: somebody in another room makes up the balance.
    for (let tries = 0; tries < 4; tries += 1) {
      const bob = await this.enter(room, 'bob');
      if ((await ann.master()) !== (await bob.master())) return [ann, bob];
      await bob.control('leave').click();
      await bob.close();
      await this.enter(`${room}-other`, `cyd${tries}`);
    }
    throw new Error('all sockets land on one master');
  }

  async leave(): Promise<void> {
    await Promise.all(this.#met.map(async (participant) => participant.close()));
  }
}

interface Fixtures {
  people: People;
  /** Starts one more browser, with these flags instead of the usual ones; it is closed when the test is over. */
  launch: (flags: readonly string[]) => Promise<Browser>;
}

export const test = base.extend<Fixtures>({
  people: async ({ browser }, use) => {
    const people = new People(browser);
    await use(people);
    await people.leave();
  },
  launch: async ({ playwright }, use) => {
    const browsers: Browser[] = [];
    await use(async (flags) => {
      const browser = await playwright.chromium.launch({
        executablePath: environment.chrome,
        args: [...flags],
      });
      browsers.push(browser);
      return browser;
    });
    await Promise.all(browsers.map(async (browser) => browser.close()));
  },
});
