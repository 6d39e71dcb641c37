import { ParticipantGrid, type Tile } from '@evercall/react';
import { Text } from '@mantine/core';
import type { Media } from '../media/use-media.js';
import { messages } from '../messages.js';
import classes from './stage.module.css';
import { TileView } from './tile-view.js';

/** What {@link Stage} needs. */
export interface StageProps {
  tiles: readonly Tile[];
  media: Media;
}

/** Everybody in a grid; while somebody shares a screen, that in the middle and everybody at its edge. */
export function Stage({ tiles, media }: StageProps) {
  const screens = tiles.filter((tile) => tile.isScreen);
  const people = tiles.filter((tile) => !tile.isScreen);
  const view = (tile: Tile) => (
    <TileView
      tile={tile}
      preview={tile.isLocal && !tile.isScreen && media.video.track ? media.stream : undefined}
      mirrored={tile.isLocal && !tile.isScreen && media.isMirror}
    />
  );
  const grid = { className: classes.grid, label: messages.room.tiles, children: view };
  // People keep their place in the tree when a screen comes: another parent would start their videos anew.
  return (
    <div className={classes.stage} data-sharing={screens.length > 0}>
      {screens.length > 0 && <ParticipantGrid {...grid} tiles={screens} />}
      <div className={classes.people}>
        <ParticipantGrid {...grid} tiles={people} />
        {people.length === 1 && screens.length === 0 && (
          <Text className={classes.alone} size="sm">
            {messages.room.alone}
          </Text>
        )}
      </div>
    </div>
  );
}
