import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** A computer's window, and a small telephone. */
export const desktop = { width: 1024, height: 768 };
export const phone = { width: 360, height: 640 };

/** Looks for barriers with axe: light and dark, on a large and on a small screen. @param state what the page shows */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      // Without motion, so that nothing is looked at while it is half there.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      await page.evaluate(async () => {
        const changes = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
        await Promise.allSettled(changes.map(async ({ finished }) => finished));
      });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`),
      );
      expect(found, `${state}, ${colorScheme}, ${size.width} pixels wide`).toEqual([]);
    }
  }
}
