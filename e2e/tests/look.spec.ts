import { expect } from '@playwright/test';
import { test } from '../support/people.js';

test('the page speaks the language of the browser, another one on request, and remembers it', async ({
  people,
}) => {
  const { page } = await people.open('/', undefined, { locale: 'de-DE' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Einem Raum beitreten');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.getByTestId('join-name').fill('Änne');
  await page.getByTestId('language').selectOption('en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Join a room');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByTestId('join-name')).toHaveValue('Änne');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Join a room');
});

test('the page is as light as the system, otherwise on request, and remembers it from the first moment on', async ({
  people,
}) => {
  const { page } = await people.open('/', undefined, { colorScheme: 'dark' });
  const scheme = page.locator('html');
  await expect(page.getByTestId('color-scheme')).toBeVisible();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.getByTestId('color-scheme').getByTitle('Dark').click();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');

  // Nothing of the application runs: what is there is what is seen first.
  await page.route('**/*', async (route) =>
    route.request().resourceType() === 'script' ? route.abort() : route.continue(),
  );
  await page.reload();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
  const letters = await page.evaluate(() => {
    document.body.style.color = 'canvastext';
    return getComputedStyle(document.body).color;
  });
  expect(letters).toBe('rgb(255, 255, 255)');

  await page.unroute('**/*');
  await page.reload();
  await page.getByTestId('color-scheme').getByTitle('Like the system').click();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light');
});
