import type { Device } from '@evercall/client';
import { useEffect, useState } from 'react';
import { onDeviceAccess } from './device-access.js';

export interface UseDevices {
  audioInputs: Device[];
  videoInputs: Device[];
  audioOutputs: { deviceId: string; label: string }[];
}

const none: UseDevices = { audioInputs: [], videoInputs: [], audioOutputs: [] };

/** The devices, up to date when something is plugged or the user allows one; labels are empty before that. */
export function useDevices(): UseDevices {
  const [devices, setDevices] = useState(none);
  useEffect(() => {
    // Browsers hide it from insecure pages, whatever the types say.
    const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    if (!media) return undefined;
    let gone = false;
    const refresh = () => {
      media.enumerateDevices().then(
        (found) => {
          if (!gone) setDevices(sortDevices(found));
        },
        () => {
          if (!gone) setDevices(none);
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
  }, []);
  return devices;
}

function sortDevices(found: MediaDeviceInfo[]): UseDevices {
  const inputs = (wanted: Device['kind']) =>
    found
      .filter((device) => device.kind === wanted)
      .map(({ deviceId, label }) => ({ kind: wanted, deviceId, label }));
  return {
    audioInputs: inputs('audioinput'),
    videoInputs: inputs('videoinput'),
    audioOutputs: found
      .filter((device) => device.kind === 'audiooutput')
      .map(({ deviceId, label }) => ({ deviceId, label })),
  };
}
