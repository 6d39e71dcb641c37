import { expect } from '@playwright/test';
import { fakeDevices, plainFlags } from '../support/chromium-flags.js';
import { newRoom } from '../support/environment.js';
import { expectReceives } from '../support/expect-media.js';
import { probeMedia } from '../support/media-probe.js';
import { test } from '../support/people.js';

// Recording looks at the page, and to the browser that is a touch, after which it plays sound unasked.
test.use({ trace: 'off' });

test('a browser that keeps sound off until it is touched offers to turn it on', async ({
  people,
  launch,
}) => {
  const room = newRoom();
  await people.enter(room, 'ann');
  const guarded = await launch([...plainFlags, fakeDevices]);
  const page = await guarded.newPage();
  await probeMedia(page);
  // Looking at the page counts as touching it: the page itself has to say when the offer is there.
  const offered = page.waitForEvent('console', (message) => message.text() === 'sound is offered');
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[data-testid=turn-sound-on]')) return;
      observer.disconnect();
      console.log('sound is offered');
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`/?room=${room}&name=bob&join=1`);
  await offered;
  await page.getByTestId('turn-sound-on').click();
  await expect(page.getByTestId('turn-sound-on')).toHaveCount(0);
  await expectReceives(page, { audio: 1, video: 1 });
});
