import { type Browser, test as base, expect } from '@playwright/test';
import { Participant } from './participant.js';

/** Brings people into rooms, and out again when the test is over. */
export class People {
  readonly #browser: Browser;
  readonly #inside: Participant[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** @param extra more of the invite link's query, `&fake=1` */
  async enter(room: string, name: string, extra = ''): Promise<Participant> {
    const participant = await Participant.enter(this.#browser, { room, name, extra });
    this.#inside.push(participant);
    return participant;
  }

  /** Ann and Bob, whose sockets are on different masters. */
  async enterApart(room: string): Promise<[Participant, Participant]> {
    const ann = await this.enter(room, 'ann');
    // The load balancer takes the master with fewer connections: somebody in another room makes up the balance.
    for (let tries = 0; tries < 4; tries += 1) {
      const bob = await this.enter(room, 'bob');
      if ((await ann.master()) !== (await bob.master())) return [ann, bob];
      await bob.close();
      await expect(ann.remoteTiles).toHaveCount(0);
      await this.enter(`${room}-other`, `cyd${tries}`);
    }
    throw new Error('all sockets land on one master');
  }

  async leave(): Promise<void> {
    await Promise.all(this.#inside.map(async (participant) => participant.close()));
  }
}

export const test = base.extend<{ people: People }>({
  people: async ({ browser }, use) => {
    const people = new People(browser);
    await use(people);
    await people.leave();
  },
});
