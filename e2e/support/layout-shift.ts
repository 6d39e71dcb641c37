import type { Page } from '@playwright/test';

/** Something on the page that changed its place although nobody touched the page. */
export interface LayoutShift {
  /** How far how much of the page moved, as Chromium counts it: 1 is the whole page by its own height. */
  score: number;
  /** What moved, as far as the browser tells. */
  what: string[];
}

declare global {
  interface Window {
    /** Kept by {@link watchLayoutShifts}. */
    layoutShifts: LayoutShift[];
  }
  interface LayoutShiftEntry extends PerformanceEntry {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null }[];
  }
}

/** Lets a page remember what jumped in it. Before it loads. */
export async function watchLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.layoutShifts = [];
    const nameOf = (node: Node | null): string =>
      node instanceof Element
        ? `${node.tagName.toLowerCase()}.${[...node.classList].join('.')}`
        : (node?.nodeName ?? 'something that is gone');
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShiftEntry[]) {
        if (entry.hadRecentInput) continue;
        window.layoutShifts.push({ score: entry.value, what: entry.sources.map(({ node }) => nameOf(node)) });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** All that jumped so far. */
export async function layoutShifts(page: Page): Promise<LayoutShift[]> {
  return page.evaluate(() => window.layoutShifts);
}
