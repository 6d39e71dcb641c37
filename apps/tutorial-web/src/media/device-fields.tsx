import { useCameraChoice, useMicrophoneChoice, useSpeakerChoice } from '@evercall/react';
import { Stack } from '@mantine/core';
import { messages } from '../messages.js';
import { DeviceSelect } from './device-select.js';
import type { Media } from './use-media.js';

/** What {@link DeviceFields} needs. */
export interface DeviceFieldsProps {
  media: Media;
}

/** Choice of camera, microphone and, in a room and where the browser lets us, speaker. */
export function DeviceFields({ media }: DeviceFieldsProps) {
  const texts = { messages: messages.devices };
  const camera = useCameraChoice(media, texts);
  const microphone = useMicrophoneChoice(media, texts);
  const speaker = useSpeakerChoice(texts);
  return (
    <Stack gap="xs">
      <DeviceSelect choice={camera} disabled={media.fake} />
      <DeviceSelect choice={microphone} disabled={media.fake} />
      {speaker && <DeviceSelect choice={speaker} />}
    </Stack>
  );
}
