import { type UseLocalMedia, useDevices, useLocalMedia } from '@evercall/react';
import { useMediaQuery } from '@mantine/hooks';
import { useRef } from 'react';
import { useFakeMedia } from './use-fake-media.js';

/** What we send, as long as the page lives: the same tracks from the preview to the room and back. */
export interface Media extends UseLocalMedia {
  /** Whether it is drawn and composed instead of captured. */
  fake: boolean;
  /** Whether one's own picture is shown as in a mirror: not what a camera sees that looks away from its user. */
  isMirror: boolean;
  /** Whether `flipCamera` has somewhere to turn to: a telephone or tablet with more than one camera. */
  canFlipCamera: boolean;
  /** Lets go of the devices while nobody needs them. */
  pause(): void;
  /** Takes those again that `pause` let go of. */
  resume(): void;
}

/** Camera and microphone, or what stands in for them. */
export function useMedia({ fake, name }: { fake: boolean; name: string }): Media {
  const devices = useLocalMedia({ audio: !fake, video: !fake });
  const fakes = useFakeMedia({ enabled: fake, name });
  const { videoInputs } = useDevices();
  const isTouched = useMediaQuery('(pointer: coarse)', undefined, { getInitialValueInEffect: false });
  const media = fake ? fakes : devices;
  const paused = useRef({ audio: false, video: false });
  return {
    ...media,
    fake,
    isMirror: !fake && media.video.track?.getSettings().facingMode !== 'environment',
    canFlipCamera: !fake && isTouched && videoInputs.length > 1,
    pause() {
      // Told twice, the second time must not forget what the first time let go of. A device that the browser is
      // still asking about counts: it is wanted.
      paused.current.audio ||= media.audio.status !== 'off';
      paused.current.video ||= media.video.status !== 'off';
      media.release();
    },
    resume() {
      if (paused.current.audio) void media.selectAudio();
      if (paused.current.video) void media.selectVideo();
      paused.current = { audio: false, video: false };
    },
  };
}
