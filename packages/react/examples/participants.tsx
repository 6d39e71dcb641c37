import { type Participant, useIsSpeaking, useParticipant, useParticipants, VideoTile } from '@evercall/react';
import { memo, useState } from 'react';

export function Participants() {
  const participants = useParticipants();
  const [pinned, setPinned] = useState('');
  return (
    <>
      <Pinned connectionId={pinned} />
      <ul>
        {participants.map((participant) => (
          <Person key={participant.connectionId} participant={participant} onPin={setPinned} />
        ))}
      </ul>
    </>
  );
}

/** Renders when this one changes or speaks, not when others do. */
const Person = memo(({ participant, onPin }: { participant: Participant; onPin: (id: string) => void }) => {
  const [camera] = participant.streams;
  const speaking = useIsSpeaking(camera?.manager);
  return (
    <li data-speaking={speaking}>
      {participant.clientData} {camera && !camera.audioActive && '(muted)'}
      <button type="button" onClick={() => onPin(participant.connectionId)}>
        Pin
      </button>
    </li>
  );
});

function Pinned({ connectionId }: { connectionId: string }) {
  const participant = useParticipant(connectionId);
  return participant ? <VideoTile manager={participant.streams[0]?.manager} /> : null;
}
