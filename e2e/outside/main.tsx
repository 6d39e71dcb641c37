// A page that has installed the React package and the browser SDK. It joins with the token behind `#`.
import { OpenVidu } from '@evercall/client';
import {
  ParticipantGrid,
  SessionProvider,
  useLocalMedia,
  usePublisher,
  useSession,
  useTiles,
  VideoTile,
} from '@evercall/react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

function Page() {
  const session = useSession({ getToken: async () => decodeURIComponent(location.hash.slice(1)) });
  const { connect } = session;
  useEffect(() => {
    void connect();
  }, [connect]);
  return (
    <SessionProvider value={session}>
      <h1 data-state={session.state.name}>
        {new OpenVidu().checkSystemRequirements() ? 'Meeting' : 'Old browser'}
      </h1>
      <Meeting />
    </SessionProvider>
  );
}

function Meeting() {
  const media = useLocalMedia();
  usePublisher({ audioTrack: media.audio.track, videoTrack: media.video.track });
  return (
    <ParticipantGrid tiles={useTiles({ ownName: 'me' })} style={{ height: 400 }}>
      {({ manager }) => manager && <VideoTile manager={manager} style={{ width: '100%' }} />}
    </ParticipantGrid>
  );
}

const place = document.getElementById('page');
if (place) createRoot(place).render(<Page />);
