import { Text } from '@mantine/core';
import type { Media } from '../media/use-media.js';
import { messages } from '../messages.js';
import classes from './stage.module.css';
import type { Tile } from './tile.js';
import { TileGrid } from './tile-grid.js';
import { TileView, type TileViewProps } from './tile-view.js';

/** What {@link Stage} needs. */
export interface StageProps extends Pick<TileViewProps, 'sinkId' | 'onAutoplayBlocked'> {
  tiles: readonly Tile[];
  media: Media;
}

/** Everybody in a grid; while somebody shares a screen, that in the middle and everybody at its edge. */
export function Stage({ tiles, media, ...shared }: StageProps) {
  const screens = tiles.filter((tile) => tile.isScreen);
  const people = tiles.filter((tile) => !tile.isScreen);
  const view = (tile: Tile) => (
    <TileView
      key={tile.key}
      tile={tile}
      preview={tile.isLocal && !tile.isScreen && media.video.track ? media.stream : undefined}
      mirrored={tile.isLocal && !tile.isScreen && !media.fake}
      {...shared}
    />
  );
  // People keep their place in the tree when a screen comes: another parent would start their videos anew.
  return (
    <div className={classes.stage} data-sharing={screens.length > 0}>
      {screens.length > 0 && <TileGrid count={screens.length}>{screens.map(view)}</TileGrid>}
      <div className={classes.people}>
        <TileGrid count={people.length}>{people.map(view)}</TileGrid>
        {people.length === 1 && screens.length === 0 && (
          <Text className={classes.alone} size="sm">
            {messages.room.alone}
          </Text>
        )}
      </div>
    </div>
  );
}
