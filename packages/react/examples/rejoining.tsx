import {
  type ConnectionNotice,
  ConnectionToast,
  ParticipantGrid,
  useConnectionState,
  useSessionContext,
  useTiles,
  VideoTile,
} from '@evercall/react';
import { useEffect, useState } from 'react';

/** How often joining is tried again. */
const limit = 6;

/** For sessions with the recovery `application`: joins again when a server took the session with it. */
export function Rebuilt() {
  const attempt = useRejoin();
  const notice: ConnectionNotice = attempt > limit ? { kind: 'gaveUp' } : { kind: 'rebuilding', attempt };
  return (
    <>
      {attempt > 0 ? <ConnectionToast notice={notice} /> : <ConnectionToast />}
      <Everybody rejoining={attempt > 0 && attempt <= limit} />
    </>
  );
}

function Everybody({ rejoining }: { rejoining: boolean }) {
  const tiles = useTiles({ rejoining });
  return <ParticipantGrid tiles={tiles}>{({ manager }) => <VideoTile manager={manager} />}</ParticipantGrid>;
}

/** The number of the attempt to join again; 0 while all is well. */
function useRejoin(): number {
  const { connect } = useSessionContext();
  const connection = useConnectionState();
  const [attempt, setAttempt] = useState(0);
  const crashed = connection.name === 'ended' && connection.reason === 'nodeCrashed';
  if (connection.name === 'connected' && attempt > 0) setAttempt(0);
  if (crashed && attempt === 0) setAttempt(1);
  const isDue = attempt > 0 && attempt <= limit && (crashed || connection.name === 'failed');
  useEffect(() => {
    if (!isDue) return undefined;
    // At random: everybody lost the same server at the same moment.
    const delayMs = Math.random() * 1000 * (attempt - 1);
    const tryAgain = async () => {
      await connect();
      setAttempt((before) => (before > 0 ? before + 1 : 0));
    };
    const timer = setTimeout(() => void tryAgain(), delayMs);
    return () => clearTimeout(timer);
  }, [isDue, attempt, connect]);
  return attempt;
}
