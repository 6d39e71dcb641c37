import { SessionProvider } from '@evercall/react';
import { useEffect, useEffectEvent } from 'react';
import type { AdmissionRequest } from '../backend/api.js';
import { useCall } from '../call/use-call.js';
import type { Media } from '../media/use-media.js';
import { OverPage } from './over-page.js';
import { RoomView } from './room-view.js';

/** What {@link RoomPage} needs. */
export interface RoomPageProps extends AdmissionRequest {
  media: Media;
  /** To the form. */
  onBack: () => void;
}

/** One's stay in a room, from joining to the end and perhaps again. */
export function RoomPage({ media, onBack, ...request }: RoomPageProps) {
  const call = useCall(request);
  const { state } = call;
  const isOver = state.name === 'ended' || state.name === 'failed';
  const servesNothing = isOver || state.name === 'gaveUp';
  const joinAgain = () => {
    media.resume();
    call.joinAgain();
  };
  const pause = useEffectEvent(() => media.pause());
  useEffect(() => {
    // Nobody wants to be watched by a camera that serves nothing.
    if (servesNothing) pause();
  }, [servesNothing]);
  return (
    <div style={{ height: '100%' }} data-testid="room" data-state={state.name}>
      {isOver ? (
        <OverPage state={state} onAgain={joinAgain} onBack={onBack} />
      ) : (
        <SessionProvider value={call.connection}>
          <RoomView
            room={request.room}
            ownName={request.name}
            identity={request.identity}
            call={call}
            media={media}
            onAgain={joinAgain}
          />
        </SessionProvider>
      )}
    </div>
  );
}
