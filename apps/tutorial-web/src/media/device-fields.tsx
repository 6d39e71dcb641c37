import { useDevices } from '@evercall/react';
import { Stack } from '@mantine/core';
import { messages } from '../messages.js';
import { DeviceSelect } from './device-select.js';
import type { Media } from './use-media.js';

/** What {@link DeviceFields} needs. */
export interface DeviceFieldsProps {
  media: Media;
  /** Where sound is played; absent where there is nothing to play yet. */
  speaker?: { deviceId: string | undefined; select: (deviceId: string) => void };
}

/** Whether the browser lets a page choose where sound is played. */
const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

/** Choice of camera, microphone and, where the browser lets us, speaker. */
export function DeviceFields({ media, speaker }: DeviceFieldsProps) {
  const { audioInputs, videoInputs, audioOutputs } = useDevices();
  const { audio, video, fake } = media;
  return (
    <Stack gap="xs">
      <DeviceSelect
        label={messages.devices.camera}
        devices={videoInputs}
        value={video.deviceId}
        disabled={fake}
        onSelect={(id) => void media.selectVideo(id)}
      />
      <DeviceSelect
        label={messages.devices.microphone}
        devices={audioInputs}
        value={audio.deviceId}
        disabled={fake}
        onSelect={(id) => void media.selectAudio(id)}
      />
      {speaker && canChooseSpeaker && (
        <DeviceSelect
          label={messages.devices.speaker}
          devices={audioOutputs}
          value={speaker.deviceId}
          onSelect={speaker.select}
        />
      )}
    </Stack>
  );
}
