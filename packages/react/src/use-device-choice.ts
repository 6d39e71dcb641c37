import { useContext, useMemo } from 'react';
import { type DeviceChoice, deviceChoice } from './device-choice.js';
import type { DeviceMessages } from './messages.js';
import { useMessages } from './messages-context.js';
import { canChooseSink } from './sound.js';
import { SoundContext, useSoundFact } from './sound-context.js';
import { useDevices } from './use-devices.js';
import type { UseLocalMedia } from './use-local-media.js';

/** As much of `useLocalMedia` as choosing a device needs. */
export type ChoosableMedia = Pick<UseLocalMedia, 'audio' | 'video' | 'selectAudio' | 'selectVideo'>;

/** Texts in place of the provider's. */
export interface DeviceChoiceOptions {
  messages?: Partial<DeviceMessages> | undefined;
}

/** Where sound is played. */
export interface UseAudioOutput {
  /** Whether this browser lets a page choose; `select` does nothing where it doesn't. */
  isSupported: boolean;
  /** The device that was chosen; `undefined`: the browser's own choice. */
  deviceId: string | undefined;
  /** Plays the sound of all tiles below the provider there. */
  select: (deviceId: string) => void;
}

/** Choice of a camera. Needs no provider. */
export function useCameraChoice(media: ChoosableMedia, options: DeviceChoiceOptions = {}): DeviceChoice {
  const { videoInputs } = useDevices();
  const messages = useDeviceMessages(options);
  return deviceChoice({
    kind: 'videoinput',
    devices: videoInputs,
    current: media.video.deviceId,
    messages,
    select: (deviceId) => void media.selectVideo(deviceId),
  });
}

/** Choice of a microphone. Needs no provider. */
export function useMicrophoneChoice(media: ChoosableMedia, options: DeviceChoiceOptions = {}): DeviceChoice {
  const { audioInputs } = useDevices();
  const messages = useDeviceMessages(options);
  return deviceChoice({
    kind: 'audioinput',
    devices: audioInputs,
    current: media.audio.deviceId,
    messages,
    select: (deviceId) => void media.selectAudio(deviceId),
  });
}

/** Choice of where sound is played; `undefined` where the browser doesn't let a page choose, or without a provider. */
export function useSpeakerChoice(options: DeviceChoiceOptions = {}): DeviceChoice | undefined {
  const { audioOutputs } = useDevices();
  const sound = useContext(SoundContext);
  const current = useSoundFact('sinkId');
  const messages = useDeviceMessages(options);
  if (!sound || !canChooseSink()) return undefined;
  return deviceChoice({
    kind: 'audiooutput',
    devices: audioOutputs,
    current,
    messages,
    select: (deviceId) => sound.setSinkId(deviceId ?? ''),
  });
}

/**
 * Where the sound of all tiles is played, for a control of one's own. `useSpeakerChoice` and `AudioOutput` are made for a list.
 *
 * @throws {Error} there is no provider
 */
export function useAudioOutput(): UseAudioOutput {
  const sound = useContext(SoundContext);
  if (!sound) throw new Error('useAudioOutput needs a <SessionProvider> above it');
  const deviceId = useSoundFact('sinkId');
  return useMemo(() => {
    const isSupported = canChooseSink();
    return {
      isSupported,
      deviceId,
      select: (chosen: string) => {
        if (isSupported) sound.setSinkId(chosen);
      },
    };
  }, [sound, deviceId]);
}

function useDeviceMessages({ messages }: DeviceChoiceOptions): DeviceMessages {
  return { ...useMessages().devices, ...messages };
}
