import { expect, type Locator, type Page } from '@playwright/test';
import { phone } from '../support/accessible.js';
import { chromiumFlags } from '../support/chromium-flags.js';
import { newRoom } from '../support/environment.js';
import { test } from '../support/people.js';

const portrait = { viewport: phone, hasTouch: true, isMobile: true };
const landscape = { ...portrait, viewport: { width: phone.height, height: phone.width } };

/** What a finger has to hit, in CSS pixels. */
const thumb = 44;
/** Into fields with smaller letters iPhones zoom. */
const leastLetters = 16;

/** What can be pressed, typed into or chosen from, and is seen. */
function controls(page: Page): Locator {
  return page.locator('button:visible, input[type=text]:visible, select:visible');
}

async function expectLargeEnough(page: Page): Promise<void> {
  for (const control of await controls(page).all()) {
    const box = await control.boundingBox();
    const what = await control.evaluate((element) => element.outerHTML.slice(0, 200));
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), what).toBeGreaterThanOrEqual(thumb);
  }
  for (const field of await page.locator('input[type=text]:visible, select:visible').all()) {
    const letters = await field.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(letters).toBeGreaterThanOrEqual(leastLetters);
  }
}

/** Nothing has to be scrolled to, and nothing lies over it. */
async function expectInReach(page: Page): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  for (const control of await controls(page).all()) {
    const what = await control.evaluate((element) => element.outerHTML.slice(0, 200));
    const box = await control.boundingBox();
    expect(box && box.x >= 0 && box.y >= 0, what).toBe(true);
    expect(box && box.x + box.width <= width && box.y + box.height <= height, what).toBe(true);
    const isOnTop = await control.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    expect(isOnTop, what).toBe(true);
  }
}

/** Wherever the form stands under it, all of the button is seen. */
async function expectNothingOver(button: Locator): Promise<void> {
  const covers = await button.evaluate((element) => {
    const scroller = document.scrollingElement;
    const found = new Set<string>();
    for (let top = 0; top <= (scroller?.scrollHeight ?? 0); top += 16) {
      scroller?.scrollTo(0, top);
      const { left, width, top: y, height } = element.getBoundingClientRect();
      for (let part = 1; part < 8; part += 1) {
        const seen = document.elementFromPoint(left + (width * part) / 8, y + height / 2);
        if (!element.contains(seen)) found.add(seen?.outerHTML.slice(0, 200) ?? 'nothing');
      }
    }
    scroller?.scrollTo(0, 0);
    return [...found];
  });
  expect(covers).toEqual([]);
}

for (const [name, telephone] of [
  ['upright', portrait],
  ['on its side', landscape],
] as const) {
  test(`on a telephone ${name} everything is in reach of a thumb`, async ({ people }) => {
    const room = newRoom();
    await people.enter(room, 'bob');
    const ann = await people.open(`/?room=${room}`, undefined, telephone);
    const { page } = ann;
    await expect(page.locator('video[data-playing=true]')).toBeVisible();
    await expectLargeEnough(page);
    await page.getByTestId('join-name').fill('ann');
    // The way in is in sight without scrolling to it.
    await expect(page.getByTestId('join-button')).toBeInViewport({ ratio: 1 });
    await expectNothingOver(page.getByTestId('join-button'));
    await page.getByTestId('join-button').tap();
    await ann.isInState('connected');
    await ann.receives({ audio: 1, video: 1 });
    await expectLargeEnough(page);
    await expectInReach(page);
    await expect(page.locator('video:not([playsinline])')).toHaveCount(0);
    // Nothing is wider than the screen.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(telephone.viewport.width);

    for (const panel of ['chat', 'cluster']) {
      await page.getByTestId(`toggle-${panel}`).tap();
      const sheet = page.getByTestId(`${panel}-panel`).getByRole('dialog');
      await expect.poll(() => sheet.boundingBox()).toEqual({ x: 0, y: 0, ...telephone.viewport });
      if (panel === 'cluster') await expect(page.getByTestId('cluster-node').first()).toBeVisible();
      for (const control of await sheet.getByRole('button').all()) {
        const box = await control.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(thumb);
      }
      await sheet.getByRole('button', { name: 'Close' }).first().tap();
      await expect(sheet).toHaveCount(0);
      await expect(page.getByTestId(`toggle-${panel}`)).toBeFocused();
    }
    await page.getByTestId('devices').tap();
    const menu = page.getByRole('dialog');
    for (const field of await menu.locator('select').all()) {
      await field.scrollIntoViewIfNeeded();
      await expect(field).toBeInViewport({ ratio: 1 });
    }
  });
}

test('the camera is turned around while the others go on watching', async ({ people, launch }) => {
  const room = newRoom();
  const two = chromiumFlags.map((flag) =>
    flag.startsWith('--use-fake-device') ? `${flag},device-count=3` : flag,
  );
  const bob = await people.enter(room, 'bob');
  const ann = await people.open(`/?room=${room}&name=ann&join=1`, await launch(two), portrait);
  await ann.isInState('connected');
  await bob.receives({ audio: 1, video: 1 });
  const stream = await bob.tileOf('ann').getAttribute('data-stream-id');
  const camera = () =>
    ann.page.locator('[data-testid=tile][data-local=true] video').evaluate((video) => {
      const { srcObject } = video as HTMLVideoElement;
      const [track] = srcObject instanceof MediaStream ? srcObject.getVideoTracks() : [];
      return track?.readyState === 'live' ? track.getSettings().deviceId : undefined;
    });
  // Chromium's second drawn camera shows depths, which no video codec takes: the one after it is looked at.
  for (let turns = 0; turns < 2; turns += 1) {
    const before = await camera();
    await ann.page.getByTestId('flip-camera').tap();
    await expect.poll(camera).not.toBe(before);
    await expect.poll(camera).toBeTruthy();
  }
  await bob.receives({ audio: 1, video: 1 });
  await expect(bob.tileOf('ann')).toHaveAttribute('data-stream-id', stream ?? '');
  await expect(bob.tileOf('ann')).toHaveAttribute('data-video', 'true');
});
