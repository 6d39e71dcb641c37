import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import type {
  Attendance,
  Entry,
  Measured,
  Participant,
  TrackState,
} from '../bench/instrument/participant.ts';

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
  #devtools: CDPSession | undefined;

  private constructor(name: string, page: Page, context: BrowserContext) {
    this.name = name;
    this.page = page;
    this.#context = context;
  }

  static async open(browser: Browser, url: string, name: string): Promise<Person> {
    const context = await browser.newContext({ viewport: { width: 400, height: 300 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction(() => window.participant !== undefined);
    return new Person(name, page, context);
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

  async state(): Promise<string> {
    return this.page.evaluate(() => window.participant.state());
  }

  /** @throws Error while nobody serves this person */
  async servedBy(): Promise<ServedBy> {
    const nodes = await this.page.evaluate(() => window.participant.servedBy());
    if (!nodes) throw new Error(`${this.name} is not served`);
    return nodes;
  }

  /** Takes the network away from this person's page, or gives it back. */
  async setOffline(offline: boolean): Promise<void> {
    this.#devtools ??= await this.#context.newCDPSession(this.page);
    await this.#devtools.send('Network.enable');
    // `offline` closes sockets and refuses new ones; WebRTC obeys only `packetLoss`, in percent.
    await this.#devtools.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
      packetLoss: offline ? 100 : 0,
    });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
