import { vi } from 'vitest';

/** What Mantine asks of a browser and jsdom doesn't have. @param narrow whether media queries match: a phone */
export function stubBrowser({ narrow = false } = {}): void {
  vi.stubGlobal('matchMedia', () => ({
    matches: narrow,
    addEventListener() {},
    removeEventListener() {},
  }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
}
