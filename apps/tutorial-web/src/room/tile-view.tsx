import { type Tile, useIsSpeaking, VideoTile } from '@evercall/react';
import { Avatar, VisuallyHidden } from '@mantine/core';
import { IconMicrophoneOff } from '@tabler/icons-react';
import { memo } from 'react';
import { messages } from '../messages.js';
import classes from './tile-view.module.css';

/** What {@link TileView} needs. */
export interface TileViewProps {
  tile: Tile;
  /** Shown instead of a stream while ours isn't published. */
  preview?: MediaStream | undefined;
  mirrored: boolean;
}

/** One participant's picture, or its name where there is none. Renders when this one changes or speaks. */
export const TileView = memo(function TileView({ tile, preview, mirrored }: TileViewProps) {
  const { manager, name, isLocal, isScreen, audioActive } = tile;
  const speaking = useIsSpeaking(manager);
  const shown = manager ? tile.videoActive : preview !== undefined;
  const label = isScreen ? messages.room.screenOf(name) : isLocal ? messages.room.you(name) : name;
  return (
    <div
      className={classes.tile}
      data-testid="tile"
      data-stream-id={tile.streamId}
      data-connection-id={tile.connectionId}
      data-local={isLocal}
      data-muted={!audioActive}
      data-video={shown}
      data-screen={isScreen}
      data-mirrored={mirrored}
      data-speaking={speaking && audioActive}
    >
      {(manager ?? preview) && (
        <VideoTile
          manager={manager}
          preview={manager ? undefined : preview}
          muted={isLocal}
          aria-label={label}
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
    </div>
  );
});
