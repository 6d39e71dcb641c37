import { useLocalMedia, usePublisher, useScreenShare, VideoTile } from '@evercall/react';

export function Publishing() {
  const media = useLocalMedia({ resolution: '1280x720' });
  const { audioActive, setAudioActive, state, error } = usePublisher({
    audioTrack: media.audio.track,
    videoTrack: media.video.track,
    properties: { videoSimulcast: true },
  });
  const screen = useScreenShare();
  const shares = screen.state === 'sharing';
  return (
    <>
      <VideoTile preview={media.stream} />
      {media.audio.status === 'denied' && 'Allow the microphone in the address bar.'}
      {state === 'failed' && error?.message}
      <button type="button" aria-pressed={!audioActive} onClick={() => setAudioActive(!audioActive)}>
        Mute
      </button>
      <button
        type="button"
        aria-pressed={shares}
        onClick={() => void (shares ? screen.stop() : screen.start())}
      >
        Share screen
      </button>
    </>
  );
}
