import type { LocalMediaInput, UseLocalMedia } from '@evercall/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { startFakePicture } from './fake-picture.js';
import { startFakeTone } from './fake-tone.js';

interface Source {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** In place of camera and microphone: a drawn picture and a tone, behind the same surface. */
export function useFakeMedia({ enabled, name }: { enabled: boolean; name: string }): UseLocalMedia {
  const [audioWanted, setAudioWanted] = useState(true);
  const [videoWanted, setVideoWanted] = useState(true);
  const tone = useSource(enabled && audioWanted, startFakeTone);
  const picture = useSource(
    enabled && videoWanted,
    useCallback(() => startFakePicture(name), [name]),
  );
  const stream = useMemo(() => {
    const tracks = [tone, picture].filter((track) => track !== undefined);
    return tracks.length > 0 ? new MediaStream(tracks) : undefined;
  }, [tone, picture]);
  return {
    audio: input(tone),
    video: input(picture),
    stream,
    selectAudio: useCallback((device) => Promise.resolve(setAudioWanted(device !== false)), []),
    selectVideo: useCallback((device) => Promise.resolve(setVideoWanted(device !== false)), []),
    // There is one drawn picture.
    flipCamera: useCallback(() => Promise.resolve(), []),
    release: useCallback(() => {
      setAudioWanted(false);
      setVideoWanted(false);
    }, []),
  };
}

function useSource(wanted: boolean, start: () => Source): MediaStreamTrack | undefined {
  const [source, setSource] = useState<Source>();
  useEffect(() => {
    if (!wanted) return undefined;
    const started = start();
    setSource(started); // oxlint-disable-line react/set-state-in-effect -- it exists only once it was started here
    return () => {
      started.stop();
      setSource(undefined);
    };
  }, [wanted, start]);
  return source?.track;
}

function input(track: MediaStreamTrack | undefined): LocalMediaInput {
  return { status: track ? 'granted' : 'off', track, deviceId: undefined, error: undefined };
}
