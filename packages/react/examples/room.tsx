import {
  ConnectionToast,
  DeviceMenu,
  ParticipantGrid,
  SessionProvider,
  SoundGate,
  useLocalMedia,
  usePublisher,
  useSession,
  useTiles,
  VideoTile,
} from '@evercall/react';

/** `getToken` asks your backend, anew at each `connect()`. */
export function Room({ getToken }: { getToken: (signal: AbortSignal) => Promise<string> }) {
  const session = useSession({ getToken, userData: 'Ada' });
  const { state, connect, leave } = session;
  if (state.name === 'idle' || state.name === 'ended' || state.name === 'failed') {
    return (
      <button type="button" onClick={() => void connect()}>
        Join
      </button>
    );
  }
  return (
    <SessionProvider value={session}>
      <ConnectionToast />
      <Meeting />
      <SoundGate />
      <button type="button" onClick={leave}>
        Leave
      </button>
    </SessionProvider>
  );
}

function Meeting() {
  const media = useLocalMedia();
  usePublisher({ audioTrack: media.audio.track, videoTrack: media.video.track });
  const tiles = useTiles({ ownName: 'Ada' });
  return (
    <>
      <ParticipantGrid tiles={tiles} style={{ height: '70vh' }}>
        {({ manager, name }) => (
          <>
            {manager && <VideoTile manager={manager} style={{ width: '100%', height: '90%' }} />}
            {name}
          </>
        )}
      </ParticipantGrid>
      <DeviceMenu media={media} />
    </>
  );
}
