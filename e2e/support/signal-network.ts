import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Every WebSocket that the page has made, kept by {@link controlSignalNetwork}. */
    rememberedSockets: WebSocket[];
    /** While set, no WebSocket can be opened. */
    signalNetworkIsDown: boolean;
  }
}

/** Lets a test take the page's WebSockets away, and nothing else of its network. Before the page loads. */
export async function controlSignalNetwork(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.rememberedSockets = [];
    window.signalNetworkIsDown = false;
    // Nobody listens on port 1, and Chromium asks nobody: the socket fails at once, as without a network.
    const nowhere = 'ws://127.0.0.1:1/';
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(window.signalNetworkIsDown ? nowhere : url, protocols);
        window.rememberedSockets.push(this);
      }
    };
  });
}

/** Closes the page's sockets without a word; new ones can be opened at once. */
export async function cutSockets(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const socket of window.rememberedSockets) socket.close();
  });
}

/** Closes the page's sockets and lets none be opened until {@link restoreSignalNetwork}. */
export async function loseSignalNetwork(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.signalNetworkIsDown = true;
    for (const socket of window.rememberedSockets) socket.close();
  });
}

export async function restoreSignalNetwork(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.signalNetworkIsDown = false;
  });
}
