import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type ReactElement, StrictMode } from 'react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Connection } from '../examples/connection.js';
import { Devices } from '../examples/devices.js';
import { German } from '../examples/language.js';
import { Chat } from '../examples/messages.js';
import { OwnGrid } from '../examples/own-grid.js';
import { Participants } from '../examples/participants.js';
import { Publishing } from '../examples/publishing.js';
import { Rebuilt } from '../examples/rejoining.js';
import { Room } from '../examples/room.js';
import { OwnSound, Sound } from '../examples/sound.js';
import { FrameRate } from '../examples/stats.js';
import { pageOpenVidu } from '../src/index.js';
import { participantOf } from '../src/participant.js';
import { FakeDevices, installBrowser, resizeAll } from '../src/testing/fake-browser.js';
import { FakeManager } from '../src/testing/fake-manager.js';
import { fakeTrack } from '../src/testing/fake-media.js';
import { FakeSession, fakeConnection, fakeStream } from '../src/testing/fake-session.js';
import { withSession } from '../src/testing/with-session.js';

const noCamera = new Error('this computer has no camera');

beforeAll(installBrowser);
beforeEach(() => {
  FakeDevices.install([
    ['audioinput', 'mic-1', 'Built in'],
    ['videoinput', 'cam-1', 'Front'],
    ['videoinput', 'cam-2', 'Desk'],
    ['audiooutput', 'out-1', 'Loudspeaker'],
  ]);
  Object.assign(HTMLMediaElement.prototype, { setSinkId: async () => undefined });
  vi.spyOn(pageOpenVidu(), 'getUserMedia').mockImplementation(async () => {
    return new MediaStream([fakeTrack('audio', 'mic-1'), fakeTrack('video', 'cam-1')]);
  });
  vi.spyOn(pageOpenVidu(), 'initPublisherAsync').mockRejectedValue(noCamera);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** A session that Ann is in, too. */
function room() {
  const session = new FakeSession();
  session.connectionState = 'connected';
  session.connection = fakeConnection('me', 'Ada');
  session.remoteConnections.set('ann', fakeConnection('ann', 'Ann', [fakeStream('stream-ann')]));
  session.servedBy = { masterId: 'm', masterName: 'master-1', mediaNodeId: 'n', mediaNodeName: 'media-2' };
  return session;
}

async function show(element: ReactElement, session = room()) {
  const { wrapper, change } = withSession(session);
  const view = await act(async () => render(<StrictMode>{element}</StrictMode>, { wrapper }));
  return { ...view, session, change };
}

it('room: joins and leaves', async () => {
  const session = room();
  vi.spyOn(pageOpenVidu(), 'initSession').mockReturnValue(session.asSession);
  await act(async () => render(<Room getToken={async () => 'token'} />));
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Join' })));
  act(() => resizeAll(640, 480));
  const tiles = screen.getAllByRole('listitem').map((tile) => tile.textContent);
  expect(tiles).toEqual(['Ada', 'Ann']);
  expect(screen.getByRole('combobox', { name: 'Camera' })).toMatchObject({ value: 'cam-1' });
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Leave' })));
  expect(screen.getByRole('button', { name: 'Join' })).toBeTruthy();
});

it('connection: says what is interrupted, and by whom we are served', async () => {
  const { container, change, session } = await show(<Connection />);
  expect(container.textContent).toBe('master-1, media-2');
  session.mediaIsMoving = true;
  change({ name: 'reconnecting' });
  expect(screen.getByRole('status').dataset['kind']).toBe('moving');
  expect(container.textContent).toContain('The pictures stand still.');
  change({ name: 'ended', reason: 'networkDisconnect' }, undefined);
  expect(screen.getByRole('button', { name: 'Join again' })).toBeTruthy();
});

it('rejoining: keeps the places, and says so', async () => {
  const { change } = await show(<Rebuilt />);
  act(() => resizeAll(640, 480));
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  change({ name: 'ended', reason: 'nodeCrashed' }, undefined);
  expect(screen.getByRole('status').textContent).toContain('Rebuilding the meeting');
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  change({ name: 'connected' });
  expect(screen.getByRole('status').textContent).toBe('');
});

it('participants: lists, shows who speaks, and pins', async () => {
  const { container, session } = await show(<Participants />);
  const manager = session.remoteConnections.get('ann')?.streams[0]?.streamManager as object as FakeManager;
  act(() => manager.tell('publisherStartSpeaking'));
  expect(container.querySelector('[data-speaking=true]')?.textContent).toContain('Ann');
  fireEvent.click(screen.getAllByRole('button', { name: 'Pin' })[1]!);
  expect(container.querySelector('video')?.dataset['streamId']).toBe('stream-ann');
});

it('publishing: mutes, and tells why it failed', async () => {
  const { container } = await show(<Publishing />);
  await expect.poll(() => container.textContent).toContain(noCamera.message);
  fireEvent.click(screen.getByRole('button', { name: 'Mute' }));
  expect(screen.getByRole('button', { name: 'Mute' }).getAttribute('aria-pressed')).toBe('true');
});

it('devices: offers what there is, in both ways', async () => {
  await show(<Devices />);
  expect(screen.getAllByRole('combobox', { name: 'Camera' })).toHaveLength(2);
  expect(screen.getByRole('radio', { name: 'Built in' })).toMatchObject({ checked: true });
});

it('sound: chooses where it is played', async () => {
  await show(
    <>
      <Sound />
      <OwnSound />
    </>,
  );
  fireEvent.change(screen.getByRole('combobox', { name: 'Speaker' }), { target: { value: 'out-1' } });
  expect(screen.getByRole('button', { name: 'The usual speaker' })).toBeTruthy();
});

it('messages: shows what was said and told', async () => {
  const { container, session } = await show(<Chat />);
  act(() => session.tell('signal:chat', { data: 'hello', from: session.connection }));
  act(() => session.tell('app:handRaised', { name: 'handRaised', data: { raised: true } }));
  expect(container.textContent).toContain('I: hello');
  expect(container.textContent).toContain('1 hands were raised');
});

it('stats: shows one number', async () => {
  const manager = new FakeManager(fakeStream('stream-ann'));
  manager.stats = async () => new Map([['v', { type: 'inbound-rtp', kind: 'video', framesPerSecond: 25 }]]);
  const connection = fakeConnection('ann', 'Ann', [manager.stream]);
  await show(<FrameRate participant={participantOf(connection, false)} />);
  await expect.poll(() => screen.getByRole('status').textContent).toBe('25');
});

it('language: uses what was translated', async () => {
  const { container } = await show(
    <German
      session={{
        state: { name: 'idle' },
        session: undefined,
        connect: async () => undefined,
        leave: () => undefined,
      }}
    />,
  );
  expect(container.textContent).toBe('Geräte');
});

it('own grid: has as many columns as the package would give', async () => {
  const { container } = await show(<OwnGrid />);
  act(() => resizeAll(1264, 600));
  expect(container.querySelector<HTMLElement>('section > div')?.style.gridTemplateColumns).toBe(
    'repeat(2, 1fr)',
  );
});
