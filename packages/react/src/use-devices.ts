import type { Device } from '@evercall/client';
import { onDeviceAccess } from './device-access.js';
import { keepEqual, shallowEqual } from './same.js';
import { SharedStore } from './shared-store.js';
import { useStore } from './use-store.js';

/** A device that plays sound. */
export interface AudioOutputDevice {
  deviceId: string;
  /** Empty until the user allowed a microphone. */
  label: string;
}

/** The devices of this computer. The lists are the same objects until they change. */
export interface UseDevices {
  audioInputs: readonly Device[];
  videoInputs: readonly Device[];
  audioOutputs: readonly AudioOutputDevice[];
}

const none: UseDevices = { audioInputs: [], videoInputs: [], audioOutputs: [] };

/** One for the page: all who ask get the same lists, and the browser is asked once. */
const devices = new SharedStore(none, (store) => {
  // Browsers hide it from insecure pages, whatever the types say.
  const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (!media) return () => undefined;
  let gone = false;
  const refresh = () => {
    media.enumerateDevices().then(
      (found) => {
        if (!gone) store.set(sortDevices(found, store.get()));
      },
      () => {
        if (!gone) store.set(none);
      },
    );
  };
  media.addEventListener('devicechange', refresh);
  const end = onDeviceAccess(refresh);
  refresh();
  return () => {
    gone = true;
    media.removeEventListener('devicechange', refresh);
    end();
  };
});

/** The devices, up to date when something is plugged or the user allows one; labels are empty before that. */
export function useDevices(): UseDevices {
  return useStore(devices);
}

function sortDevices(found: readonly MediaDeviceInfo[], before: UseDevices): UseDevices {
  const inputs = (kind: Device['kind']) =>
    found
      .filter((device) => device.kind === kind)
      .map(({ deviceId, label }): Device => ({ kind, deviceId, label }));
  const outputs = found
    .filter((device) => device.kind === 'audiooutput')
    .map(({ deviceId, label }) => ({ deviceId, label }));
  const now = {
    audioInputs: keepEqual(before.audioInputs, inputs('audioinput'), idOf),
    videoInputs: keepEqual(before.videoInputs, inputs('videoinput'), idOf),
    audioOutputs: keepEqual(before.audioOutputs, outputs, idOf),
  };
  return shallowEqual(before, now) ? before : now;
}

function idOf({ deviceId }: { deviceId: string }): string {
  return deviceId;
}
