import type { Device } from '../api/properties.js';

/** The input devices; without labels and ids until the user allowed one of them. Empty where the browser hides them. */
export async function listDevices(): Promise<Device[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.flatMap(({ kind, deviceId, label }) =>
    kind === 'audioinput' || kind === 'videoinput' ? [{ kind, deviceId, label }] : [],
  );
}
