import { act, cleanup, fireEvent, render, renderHook, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tellDeviceAccess } from './device-access.js';
import { DeviceMenu } from './device-menu.js';
import type { LocalMediaInput } from './local-media.js';
import { FakeDevices } from './testing/fake-browser.js';
import { FakeSession } from './testing/fake-session.js';
import { withSession } from './testing/with-session.js';
import type { ChoosableMedia } from './use-device-choice.js';
import { useDevices } from './use-devices.js';

const off: LocalMediaInput = { status: 'off', track: undefined, deviceId: undefined, error: undefined };
const named = [
  ['audioinput', 'mic-1', 'Built in'],
  ['audioinput', 'mic-2', 'Headset'],
  ['videoinput', 'cam-1', 'FaceCam'],
  ['audiooutput', 'out-1', 'Loudspeaker'],
  ['audiooutput', 'out-2', 'Headset'],
] as const;

let devices: FakeDevices;

function fakeMedia() {
  return {
    audio: { ...off, deviceId: 'mic-2' },
    video: off,
    selectAudio: vi.fn<ChoosableMedia['selectAudio']>(async () => undefined),
    selectVideo: vi.fn<ChoosableMedia['selectVideo']>(async () => undefined),
  };
}

/** Shows a menu when the devices are known. */
async function show({ provider = true, media = fakeMedia() } = {}) {
  const { wrapper } = withSession(new FakeSession());
  await act(async () => {
    render(<DeviceMenu media={media} />, provider ? { wrapper } : {});
  });
  return media;
}

const list = (name: string) => screen.getByRole('combobox', { name });
const namesIn = (name: string) =>
  within(list(name))
    .getAllByRole('option')
    .map((option) => option.textContent);

beforeEach(() => {
  devices = FakeDevices.install(named);
  Object.assign(HTMLMediaElement.prototype, { setSinkId: async () => undefined });
});
afterEach(() => {
  cleanup();
  Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
});

it('lists the devices under their names, and shows the one in use', async () => {
  await show();
  expect(screen.getByRole('group', { name: 'Devices' })).toBeTruthy();
  expect(namesIn('Microphone')).toEqual(['Built in', 'Headset']);
  expect(list('Microphone')).toMatchObject({ value: 'mic-2' });
  expect(namesIn('Camera')).toEqual(['FaceCam']);
  expect(namesIn('Speaker')).toEqual(['Loudspeaker', 'Headset']);
});

it('chooses', async () => {
  const media = await show();
  fireEvent.change(list('Microphone'), { target: { value: 'mic-1' } });
  expect(media.selectAudio).toHaveBeenCalledExactlyOnceWith('mic-1');
  fireEvent.change(list('Speaker'), { target: { value: 'out-2' } });
  expect(list('Speaker')).toMatchObject({ value: 'out-2' });
});

it('numbers what has no name yet and says why, until a device is allowed', async () => {
  devices = FakeDevices.install([
    ['audioinput', '', ''],
    ['videoinput', '', ''],
  ]);
  await show();
  expect(namesIn('Microphone')).toEqual(['Microphone 1']);
  expect(namesIn('Camera')).toEqual(['Camera 1']);
  expect(screen.getByText('The browser names devices once you have allowed one.')).toBeTruthy();
  devices.change(named);
  await act(async () => tellDeviceAccess());
  expect(namesIn('Microphone')).toEqual(['Built in', 'Headset']);
  expect(screen.queryByText('The browser names devices once you have allowed one.')).toBeNull();
});

it('says that there is no device', async () => {
  devices = FakeDevices.install([['audioinput', 'mic-1', 'Built in']]);
  await show();
  expect(namesIn('Camera')).toEqual(['None found']);
  expect(list('Camera')).toMatchObject({ disabled: true });
});

it('offers no speaker where the browser allows none, or nothing plays', async () => {
  await show({ provider: false });
  expect(screen.queryByRole('combobox', { name: 'Speaker' })).toBeNull();
  cleanup();
  Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
  await show();
  expect(screen.queryByRole('combobox', { name: 'Speaker' })).toBeNull();
});

it('keeps the lists that did not change when something is plugged', async () => {
  const { result } = renderHook(() => useDevices());
  await act(async () => undefined);
  const before = result.current;
  await act(async () => devices.change(named));
  expect(result.current).toBe(before);
  await act(async () => devices.change([...named, ['videoinput', 'cam-2', 'Desk']]));
  expect(result.current.audioInputs).toBe(before.audioInputs);
  expect(result.current.videoInputs).toHaveLength(2);
});
