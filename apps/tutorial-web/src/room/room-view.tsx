import { useParticipants, usePublisher, useScreenShare, useSoundGate, useTiles } from '@evercall/react';
import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import type { Call } from '../call/use-call.js';
import { ChatPanel } from '../chat/chat-panel.js';
import { useChat } from '../chat/use-chat.js';
import type { Media } from '../media/use-media.js';
import { messages } from '../messages.js';
import { participantName } from '../shared/participant-name.js';
import { Announcer } from './announcer.js';
import { Controls } from './controls.js';
import { InterruptionBanner } from './interruption-banner.js';
import { RoomHeader } from './room-header.js';
import { RoomNotices } from './room-notices.js';
import classes from './room-view.module.css';
import { Stage } from './stage.js';

/** The tutorial's own; a product deletes `src/cluster`, this line, and what names it below. */
const ClusterPanel = lazy(() => import('../cluster/cluster-panel.js'));

/** What {@link RoomView} needs. */
export interface RoomViewProps {
  /** Slug of the room. */
  room: string;
  ownName: string;
  /** Token of an application that signed the user in. */
  identity: string | undefined;
  call: Call;
  media: Media;
  /** Joins again, as the user wants it. */
  onAgain: () => void;
}

/** The room itself: header, stage, chat and controls. */
export function RoomView({ room, ownName, identity, call, media, onAgain }: RoomViewProps) {
  const { session, state } = call;
  const participants = useParticipants();
  const publisher = usePublisher({ audioTrack: media.audio.track, videoTrack: media.video.track });
  const screen = useScreenShare();
  const tiles = useTiles({ nameOf: participantName, ownName, rejoining: state.name === 'rejoining' });
  const chat = useChat();
  const sound = useSoundGate();
  // Once opened it stays, to measure on while it is closed.
  const [cluster, setCluster] = useState<'never' | 'opened' | 'closed'>('never');
  const gaveUp = state.name === 'gaveUp';
  const stopSharing = useEffectEvent(() => void screen.stop());
  useEffect(() => {
    if (gaveUp) stopSharing();
  }, [gaveUp]);
  return (
    <div className={classes.room}>
      <RoomHeader
        room={room}
        call={call}
        cluster={{
          isOpen: cluster === 'opened',
          toggle: () => setCluster((was) => (was === 'opened' ? 'closed' : 'opened')),
        }}
      />
      <main className={classes.middle}>
        <div className={classes.stage}>
          <Stage tiles={tiles} media={media} />
          <InterruptionBanner state={state} onAgain={onAgain} />
          <RoomNotices media={media} publisher={publisher} screen={screen} />
          {sound.isBlocked && (
            <Button
              className={classes.sound}
              leftSection={<IconVolume size={18} aria-hidden />}
              radius="xl"
              data-testid="turn-sound-on"
              onClick={sound.open}
            >
              {messages.room.turnSoundOn}
            </Button>
          )}
        </div>
        <ChatPanel chat={chat} />
        {cluster !== 'never' && (
          <Suspense fallback={null}>
            <ClusterPanel
              opened={cluster === 'opened'}
              onClose={() => setCluster('closed')}
              room={room}
              identity={identity}
              session={session}
              participants={participants}
              state={state.name}
            />
          </Suspense>
        )}
      </main>
      <Controls media={media} publisher={publisher} screen={screen} chat={chat} onLeave={call.leave} />
      <Announcer participants={participants} state={state} chat={chat} />
    </div>
  );
}
