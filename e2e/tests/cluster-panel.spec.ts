import { expect, type Locator } from '@playwright/test';
import { authorization, environment, newRoom } from '../support/environment.js';
import type { Participant } from '../support/participant.js';
import { test } from '../support/people.js';

/** The row of a node in somebody's panel. */
function row({ page }: Participant, name: string, state: 'running' | 'lost'): Locator {
  return page.locator(`[data-testid=cluster-node][data-name="${name}"][data-state=${state}]`);
}

/** Kills a node by the button of the panel, and waits until it is seen to be lost and replaced. */
async function kill(person: Participant, name: string): Promise<void> {
  const lostBefore = await row(person, name, 'lost').count();
  await row(person, name, 'running').getByTestId('cluster-kill').click();
  await expect(row(person, name, 'lost')).toHaveCount(lostBefore + 1);
  await expect(row(person, name, 'lost').first()).toContainText('declared dead');
}

async function openPanel(person: Participant): Promise<void> {
  await person.page.getByTestId('toggle-cluster').click();
  await expect(row(person, await person.master(), 'running')).toHaveAttribute('data-serves-me', 'true');
}

test('a call goes on when its master is killed by the panel, which shows the loss and what it cost', async ({
  people,
}) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await ann.receives({ audio: 1, video: 1 });
  await openPanel(ann);
  const master = await ann.master();
  await kill(ann, master);

  await ann.isInState('connected');
  await bob.say('still here?');
  await ann.openChat();
  await expect(ann.messages).toContainText(['still here?']);
  expect(await ann.master()).not.toBe(master);
  for (const person of [ann, bob]) {
    await expect(person.remoteTiles).toHaveCount(1);
    await person.receives({ audio: 1, video: 1 });
  }
  const incident = ann.page.getByTestId('incident').first();
  await expect(incident).toContainText(master);
  await expect(incident).toHaveAttribute('data-settled', 'true');
  // The fleet brings another one of the name; the tests that follow need it.
  await expect(row(ann, master, 'running')).toBeVisible();
});

test('a room that its application recovers is rebuilt by every page, as it was', async ({ people }) => {
  const room = newRoom();
  const ann = await people.enter(room, 'ann', '&recovery=application');
  const bob = await people.enter(room, 'bob');
  await ann.receives({ audio: 1, video: 1 });
  await bob.say('before');
  await bob.control('toggle-audio').click();
  await expect(ann.tileOf('bob')).toHaveAttribute('data-muted', 'true');
  await bob.control('share-screen').click();
  await expect(ann.screens).toHaveCount(1);
  await openPanel(ann);

  const session = await ann.page.request.get(`${environment.apiUrl}/cluster/api/sessions/${room}`, {
    headers: { authorization },
  });
  const { life, hostName } = (await session.json()) as { life: number; hostName: string };
  await kill(ann, hostName);

  for (const person of [ann, bob]) await person.isInState('connected');
  await ann.receives({ audio: 0, video: 2 });
  await bob.receives({ audio: 1, video: 1 });
  await expect(ann.screens).toHaveCount(1);
  await expect(ann.tileOf('bob').first()).toHaveAttribute('data-muted', 'true');
  await expect(bob.messages).toContainText(['before']);
  await bob.say('after');
  await ann.openChat();
  await expect(ann.messages).toContainText(['before', 'after']);
  const rebuilt = await ann.page.request.get(`${environment.apiUrl}/cluster/api/sessions/${room}`, {
    headers: { authorization },
  });
  expect(await rebuilt.json()).toMatchObject({ life: life + 1, recovery: 'application' });
  await expect(row(ann, hostName, 'running')).toBeVisible();
});
