import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { expectReceives, expectStops } from './expect-media.js';
import { watchLayoutShifts } from './layout-shift.js';
import { probeMedia, type ReceivedTrack } from './media-probe.js';
import { controlSignalNetwork } from './signal-network.js';

/** States of the room that its page tells apart. */
export type RoomState =
  | 'connecting'
  | 'connected'
  | 'reconnecting'
  | 'rejoining'
  | 'gaveUp'
  | 'ended'
  | 'failed';

/** Somebody at the tutorial's page, in a browser context of their own. */
export class Participant {
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(page: Page, context: BrowserContext) {
    this.page = page;
    this.#context = context;
  }

  /** Opens the tutorial's page at an address below its root, `/?room=…`. @param options what kind of device it is */
  static async open(
    browser: Browser,
    address: string,
    options: BrowserContextOptions = {},
  ): Promise<Participant> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await probeMedia(page);
    await controlSignalNetwork(page);
    await watchLayoutShifts(page);
    await page.goto(address);
    return new Participant(page, context);
  }

  get tiles(): Locator {
    return this.page.getByTestId('tile');
  }

  get remoteTiles(): Locator {
    return this.page.locator('[data-testid=tile][data-local=false]');
  }

  /** The tiles of others' screens. */
  get screens(): Locator {
    return this.page.locator('[data-testid=tile][data-local=false][data-screen=true]');
  }

  tileOf(name: string): Locator {
    return this.remoteTiles.filter({ hasText: name });
  }

  control(name: 'toggle-audio' | 'toggle-video' | 'share-screen' | 'toggle-chat' | 'leave'): Locator {
    return this.page.getByTestId(name);
  }

  async isInState(state: RoomState): Promise<void> {
    await expect(this.page.getByTestId('room')).toHaveAttribute('data-state', state);
  }

  /** Name of the master that the page says it is served by. */
  async master(): Promise<string> {
    const served = this.page.getByTestId('served-by');
    await expect(served).toHaveAttribute('data-master', /./);
    return (await served.getAttribute('data-master')) ?? '';
  }

  /** Sees and hears so many tracks, no more, and each goes on. */
  async receives(wanted: { audio: number; video: number }): Promise<void> {
    await expectReceives(this.page, wanted);
  }

  /** Gets nothing of one kind any more, while the other kind goes on. */
  async stopsReceiving(kind: ReceivedTrack['kind']): Promise<void> {
    await expectStops(this.page, kind);
  }

  async say(text: string): Promise<void> {
    await this.openChat();
    await this.page.getByTestId('chat-input').fill(text);
    await this.page.getByTestId('chat-send').click();
  }

  async openChat(): Promise<void> {
    if (!(await this.page.getByTestId('chat-input').isVisible())) await this.control('toggle-chat').click();
  }

  /** What the chat shows, in its order; nothing while it is closed. */
  get messages(): Locator {
    return this.page.getByTestId('chat-message');
  }

  /** Closes the page; it may be closed already. */
  async close(): Promise<void> {
    await this.#context.close();
  }
}
