import { VideoTile } from '@evercall/react';
import { Avatar, VisuallyHidden } from '@mantine/core';
import { IconMicrophoneOff } from '@tabler/icons-react';
import { messages } from '../messages.js';
import type { Tile } from './tile.js';
import classes from './tile-view.module.css';

/** What {@link TileView} needs. */
export interface TileViewProps {
  tile: Tile;
  /** Shown instead of a stream while ours isn't published. */
  preview?: MediaStream | undefined;
  mirrored: boolean;
  sinkId: string | undefined;
  onAutoplayBlocked: (play: () => Promise<void>) => void;
}

/** One participant's picture, or its name where there is none. */
export function TileView({ tile, preview, mirrored, sinkId, onAutoplayBlocked }: TileViewProps) {
  const { manager, name, isLocal, isScreen, audioActive } = tile;
  const shown = manager ? tile.videoActive : preview !== undefined;
  const label = isScreen ? messages.room.screenOf(name) : isLocal ? messages.room.you(name) : name;
  return (
    <li
      className={classes.tile}
      data-testid="tile"
      data-stream-id={tile.streamId}
      data-connection-id={tile.connectionId}
      data-local={isLocal}
      data-muted={!audioActive}
      data-video={shown}
      data-screen={isScreen}
      data-mirrored={mirrored}
      data-speaking={tile.speaking && audioActive}
    >
      {(manager ?? preview) && (
        <VideoTile
          manager={manager}
          preview={manager ? undefined : preview}
          muted={isLocal}
          aria-label={label}
          onAutoplayBlocked={onAutoplayBlocked}
          {...(sinkId === undefined ? {} : { sinkId })}
        />
      )}
      {!shown && <Avatar className={classes.avatar} name={name} color="initials" variant="filled" alt="" />}
      <div className={classes.label}>
        {!audioActive && !isScreen && (
          <>
            <IconMicrophoneOff size={15} aria-hidden />
            <VisuallyHidden>{messages.room.muted}</VisuallyHidden>
          </>
        )}
        <span className={classes.name}>{label}</span>
      </div>
    </li>
  );
}
