import { useEffect, useMemo, useState } from 'react';
import { captureFacing } from './capture-facing.js';
import { LocalMedia, type LocalMediaValue } from './local-media.js';
import { pageOpenVidu } from './openvidu.js';
import { useStore } from './use-store.js';

/** What {@link useLocalMedia} asks for. What counts is what it is given first. */
export interface UseLocalMediaOptions {
  /** Ask for the microphone at once; `true`. */
  audio?: boolean;
  /** Ask for the camera at once; `true`. */
  video?: boolean;
  /** `WIDTHxHEIGHT`; `640x480`. */
  resolution?: string;
  /** Frames per second; 30. */
  frameRate?: number;
}

/** One's own devices; the same object until something changes. */
export interface UseLocalMedia extends LocalMediaValue {
  /** Asks for a device (again); `false` lets go of it; absent: the one chosen before, or the browser's default. */
  selectAudio(deviceId?: string | false): Promise<void>;
  selectVideo(deviceId?: string | false): Promise<void>;
  /** Takes the camera of the other side of a telephone, or the next one; a stream that sends it goes on. */
  flipCamera(): Promise<void>;
  /** Lets go of both. */
  release(): void;
}

/** One's own camera and microphone, for a preview and for publishing; lets go of them when the component goes. */
export function useLocalMedia(options: UseLocalMediaOptions = {}): UseLocalMedia {
  const { audio = true, video = true, resolution, frameRate } = options;
  const [media] = useState(
    () =>
      new LocalMedia({
        kinds: [...(audio ? (['audio'] as const) : []), ...(video ? (['video'] as const) : [])],
        capture: (properties) => pageOpenVidu().getUserMedia(properties),
        captureFacing: (facing) => captureFacing(facing, { resolution, frameRate }),
        cameras: async () => {
          const devices = await navigator.mediaDevices.enumerateDevices();
          return devices.filter((device) => device.kind === 'videoinput');
        },
        picture: {
          ...(resolution === undefined ? {} : { resolution }),
          ...(frameRate === undefined ? {} : { frameRate }),
        },
      }),
  );
  useEffect(() => {
    void media.start();
    return () => media.release();
  }, [media]);
  const value = useStore(media.store);
  const actions = useMemo(
    () => ({
      selectAudio: (deviceId?: string | false) => media.select('audio', deviceId),
      selectVideo: (deviceId?: string | false) => media.select('video', deviceId),
      flipCamera: () => media.flipCamera(),
      release: () => media.release(),
    }),
    [media],
  );
  return useMemo(() => ({ ...value, ...actions }), [value, actions]);
}
