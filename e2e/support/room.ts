import type { Browser, BrowserContext, Page } from '@playwright/test';
import type {
  Attendance,
  Entry,
  Measured,
  Participant,
  TrackState,
} from '../bench/instrument/participant.ts';
import type { MediaRelay } from './media-relay.ts';

declare global {
  interface Window {
    participant: Participant;
  }
}

/** The nodes that serve somebody. */
export type ServedBy = NonNullable<ReturnType<Participant['servedBy']>>;

/** Somebody at the instrument's page, in a browser context of their own. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #relay: MediaRelay | undefined;

  private constructor(
    name: string,
    { page, context, relay }: { page: Page; context: BrowserContext; relay: MediaRelay | undefined },
  ) {
    this.name = name;
    this.page = page;
    this.#context = context;
    this.#relay = relay;
  }

  /** Opens the instrument's page. @param options.relay carries this person's media, which can then be taken away */
  static async open(
    browser: Browser,
    { url, name, relay }: { url: string; name: string; relay?: MediaRelay | undefined },
  ): Promise<Person> {
    const context = await browser.newContext({ viewport: { width: 400, height: 300 } });
    const page = await context.newPage();
    await relay?.serve(page);
    await page.goto(url);
    await page.waitForFunction(() => window.participant !== undefined);
    return new Person(name, { page, context, relay });
  }

  async enter(entry: Omit<Entry, 'name'>): Promise<void> {
    await this.page.evaluate((given) => window.participant.enter(given), { ...entry, name: this.name });
  }

  async leave(): Promise<void> {
    await this.page.evaluate(() => window.participant.leave());
  }

  async forget(): Promise<void> {
    await this.page.evaluate(() => window.participant.forget());
  }

  async collect(): Promise<Measured> {
    return this.page.evaluate(() => window.participant.collect());
  }

  async tracks(): Promise<TrackState[]> {
    return this.page.evaluate(() => window.participant.tracks());
  }

  async attendance(): Promise<Attendance> {
    return this.page.evaluate(() => window.participant.attendance());
  }

  async say(text: string): Promise<void> {
    await this.page.evaluate((said) => window.participant.say(said), text);
  }

  async heard(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.participant.heard());
  }

  async own(): Promise<{ connectionId: string; streams: string[] }> {
    return this.page.evaluate(() => window.participant.own());
  }

  async state(): Promise<string> {
    return this.page.evaluate(() => window.participant.state());
  }

  /** @throws Error while nobody serves this person */
  async servedBy(): Promise<ServedBy> {
    const nodes = await this.page.evaluate(() => window.participant.servedBy());
    if (!nodes) throw new Error(`${this.name} is not served`);
    return nodes;
  }

  /** Takes the network away from this person, or gives it back: sockets, requests, and media by way of the relay. */
  async setOffline(offline: boolean): Promise<void> {
    this.#relay?.setOpen(!offline);
    await this.#context.setOffline(offline);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
