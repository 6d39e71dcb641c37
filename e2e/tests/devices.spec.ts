import { expect } from '@playwright/test';
import { fakeDevices, headfulUserAgent, plainFlags, soundAllowed } from '../support/chromium-flags.js';
import { environment, newRoom } from '../support/environment.js';
import { test } from '../support/people.js';

test('who may not use camera and microphone is told so, and can still watch and listen', async ({
  people,
  launch,
}) => {
  const room = newRoom();
  const ann = await people.enter(room, 'ann');
  const strict = await launch([...plainFlags, fakeDevices, soundAllowed]);
  const bob = await people.open(`/?room=${room}&name=bob`, strict);
  await expect(bob.page.getByTestId('device-problems')).toContainText('No permission');
  await bob.page.getByTestId('join-button').click();
  await bob.isInState('connected');
  await bob.receives({ audio: 1, video: 1 });
  await expect(ann.tileOf('bob')).toHaveAttribute('data-video', 'false');
  await expect(ann.tileOf('bob')).toHaveAttribute('data-muted', 'true');
});

test('a computer without camera and microphone is told so, and can still watch and listen', async ({
  people,
  launch,
}) => {
  const room = newRoom();
  await people.enter(room, 'ann');
  const bare = await launch([...plainFlags, soundAllowed]);
  const bob = await people.open(`/?room=${room}&name=bob`, bare);
  await expect(bob.page.getByTestId('device-problems')).toContainText('No camera and microphone found');
  await bob.page.getByTestId('join-button').click();
  await bob.isInState('connected');
  await bob.receives({ audio: 1, video: 1 });
});

test('an address without https is told to be the cause, and is good for watching and listening', async ({
  people,
  launch,
}) => {
  const room = newRoom();
  await people.enter(room, 'ann');
  // An address out of a book: this browser looks for it on this computer, and trusts it no more than the real one.
  const host = '203.0.113.7';
  const elsewhere = await launch([
    ...plainFlags,
    fakeDevices,
    soundAllowed,
    `--host-resolver-rules=MAP ${host} 127.0.0.1`,
    `--user-agent=${headfulUserAgent}`,
  ]);
  const { port } = new URL(environment.webUrl);
  const bob = await people.open(`http://${host}:${port}/?room=${room}&name=bob`, elsewhere);
  await expect(bob.page.getByTestId('device-problems')).toContainText('This address may not use');
  await expect(bob.page.getByTestId('device-problems')).toContainText('npm start -- --lan');
  await bob.page.getByTestId('join-button').click();
  await bob.isInState('connected');
  await bob.receives({ audio: 1, video: 1 });
});
