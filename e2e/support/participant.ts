import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { cutSockets, probeMedia, received } from './media-probe.js';

/** Somebody in a room of the tutorial, in a browser context of their own. */
export class Participant {
  readonly name: string;
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(name: string, page: Page, context: BrowserContext) {
    this.name = name;
    this.page = page;
    this.#context = context;
  }

  /** Opens an invite link. @param extra more of its query, `&fake=1` */
  static async enter(
    browser: Browser,
    { room, name, extra = '' }: { room: string; name: string; extra?: string },
  ) {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    const page = await context.newPage();
    await probeMedia(page);
    await page.goto(`/?room=${room}&name=${name}&join=1${extra}`);
    const participant = new Participant(name, page, context);
    await participant.isConnected();
    return participant;
  }

  get tiles(): Locator {
    return this.page.getByTestId('tile');
  }

  get remoteTiles(): Locator {
    return this.page.locator('[data-testid=tile][data-local=false]');
  }

  tileOf(name: string): Locator {
    return this.remoteTiles.filter({ hasText: name });
  }

  control(name: 'toggle-audio' | 'toggle-video' | 'share-screen' | 'toggle-chat' | 'leave'): Locator {
    return this.page.getByTestId(name);
  }

  async isConnected(): Promise<void> {
    await expect(this.page.getByTestId('room')).toHaveAttribute('data-state', 'connected');
  }

  /** Name of the master that the page says it is served by. */
  async master(): Promise<string> {
    const served = this.page.getByTestId('served-by');
    await expect(served).toContainText('master-');
    return /master-\d+/.exec((await served.textContent()) ?? '')?.[0] ?? '';
  }

  /** Every track that is received grows, and there are so many of each kind. */
  async receives({ audio, video }: { audio: number; video: number }): Promise<void> {
    await expect
      .poll(async () => (await received(this.page)).map(({ kind }) => kind).toSorted(), { timeout: 20_000 })
      .toEqual([
        ...Array.from({ length: audio }, () => 'audio'),
        ...Array.from({ length: video }, () => 'video'),
      ]);
    const before = await received(this.page);
    await expect
      .poll(
        async () => {
          const now = await received(this.page);
          return now.every(({ kind, amount }, index) => {
            const earlier = before[index];
            return earlier?.kind === kind && amount > earlier.amount;
          });
        },
        { timeout: 20_000 },
      )
      .toBe(true);
  }

  /** Sum of the frames of all received pictures. */
  async frames(): Promise<number> {
    return (await received(this.page)).reduce(
      (sum, { kind, amount }) => sum + (kind === 'video' ? amount : 0),
      0,
    );
  }

  async say(text: string): Promise<void> {
    const input = this.page.getByTestId('chat-input');
    if (!(await input.isVisible())) await this.control('toggle-chat').click();
    await input.fill(text);
    await this.page.getByTestId('chat-send').click();
  }

  /** The chat, opened. */
  async messages(): Promise<Locator> {
    const input = this.page.getByTestId('chat-input');
    if (!(await input.isVisible())) await this.control('toggle-chat').click();
    return this.page.getByTestId('chat-message');
  }

  async loseSocket(): Promise<void> {
    await cutSockets(this.page);
  }

  /** Closes the page; it may be closed already. */
  async close(): Promise<void> {
    await this.#context.close();
  }
}
