import { expect } from '@playwright/test';
import { authorization, environment, newRoom } from '../../../../e2e/support/environment.js';
import type { Participant } from '../../../../e2e/support/participant.js';
import { test } from '../../../../e2e/support/people.js';
import { crash, inspect, project, scaleMasters, start, stop } from '../containers.js';
import { playback, watchPlayback } from '../playback.js';

const both = { audio: 1, video: 1 };

/** The container of the media node that serves somebody: `media-1-1`. */
async function mediaContainer({ page }: Participant): Promise<string> {
  const name = await page.getByTestId('served-by').getAttribute('data-media');
  return withoutProject(name ?? '');
}

async function isServedBy({ page }: Participant, { not }: { not: string }): Promise<void> {
  await expect(page.getByTestId('served-by')).not.toHaveAttribute('data-media', `${project}-${not}`);
}

const withoutProject = (container: string): string => container.replace(`${project}-`, '');

async function isHealthy(name: string, restarts: number): Promise<void> {
  await expect.poll(() => inspect(name)).toMatchObject({ status: 'running', health: 'healthy', restarts });
}

test('two people see and hear each other', async ({ people }, info) => {
  const room = newRoom();
  const [ann, bob] = await people.enterApart(room);
  await ann.receives(both);
  await bob.receives(both);
  await ann.page.screenshot({ path: info.outputPath('room.png') });
  const session = await fetch(`${environment.apiUrl}/openvidu/api/sessions/${room}`, {
    headers: { authorization },
  });
  expect(await session.json()).toMatchObject({ connections: { numberOfElements: 2 } });
});

test('a master that is killed costs no media, and its people go on at another one', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await ann.receives(both);
  await bob.receives(both);
  await bob.openChat();
  for (const { page } of [ann, bob]) await watchPlayback(page);
  const killed = withoutProject(await ann.master());
  const { restarts } = await inspect(killed);

  await crash(killed);
  await expect(ann.page.getByTestId('served-by')).not.toHaveAttribute('data-master', `${project}-${killed}`);
  await ann.isInState('connected');
  await ann.say('still here');
  await expect(bob.messages).toContainText(['still here']);
  for (const person of [ann, bob]) {
    await person.receives(both);
    const watched = await playback(person.page);
    console.log(`  killed ${killed}: ${JSON.stringify(watched)}`);
    expect(watched.connectionChanges).toBe(0);
  }
  await isHealthy(killed, restarts + 1);
});

test('a media node that is killed is replaced by another one under the same call', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await ann.receives(both);
  await bob.receives(both);
  const killed = await mediaContainer(ann);
  const { restarts } = await inspect(killed);
  for (const { page } of [ann, bob]) await watchPlayback(page);

  await crash(killed);
  for (const person of [ann, bob]) {
    await isServedBy(person, { not: killed });
    await person.isInState('connected');
    await person.receives(both);
    console.log(`  killed ${killed}: ${JSON.stringify(await playback(person.page))}`);
  }
  await isHealthy(killed, restarts + 1);
});

test('a media node that is told to stop hands its calls over first', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await ann.receives(both);
  await bob.receives(both);
  for (const { page } of [ann, bob]) await watchPlayback(page);
  const stopped = await mediaContainer(ann);

  await stop(stopped);
  expect(await inspect(stopped)).toMatchObject({ status: 'exited', exitCode: 0 });
  for (const person of [ann, bob]) {
    await isServedBy(person, { not: stopped });
    await person.isInState('connected');
    await person.receives(both);
    console.log(`  stopped ${stopped}: ${JSON.stringify(await playback(person.page))}`);
  }
  await start(stopped);
  await expect.poll(async () => (await inspect(stopped)).health).toBe('healthy');
});

test('a master that is added is found by the load balancer, and one that is removed is missed by nobody', async () => {
  const answered = new Set<string>();
  const ask = async (): Promise<Set<string>> => {
    const response = await fetch(`${environment.apiUrl}/health/live`);
    expect(response.status).toBe(200);
    answered.add(((await response.json()) as { name: string }).name);
    return answered;
  };
  await scaleMasters(3);
  await expect.poll(async () => (await ask()).has(`${project}-master-3`)).toBe(true);
  const removed = scaleMasters(2).then(() => 'removed');
  let state: unknown;
  while (state !== 'removed') state = await Promise.race([removed, ask()]);
  answered.clear();
  await expect.poll(async () => (await ask()).size).toBe(2);
  expect(answered).not.toContain(`${project}-master-3`);
});

test('the load balancer and a master end when they are told to', async () => {
  for (const name of ['load-balancer-1', 'master-1']) {
    await stop(name);
    const { exitCode } = await inspect(name);
    // 137 would be SIGKILL, after waiting in vain.
    expect(exitCode, name).not.toBe(137);
    await start(name);
    await expect.poll(async () => (await inspect(name)).health).toBe('healthy');
  }
});
