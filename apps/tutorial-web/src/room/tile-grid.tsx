import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { messages } from '../messages.js';
import { gridLayout } from './grid-layout.js';
import classes from './tile-grid.module.css';

const gap = 8;

/** Places its children in tiles of one size, as large as the space allows. */
export function TileGrid({ count, children }: { count: number; children: ReactNode }) {
  const { ref, width, height } = useElementSize();
  const layout = gridLayout({ count, width, height, gap });
  return (
    <div className={classes.space} ref={ref}>
      <ul
        className={classes.grid}
        aria-label={messages.room.tiles}
        style={{
          gap,
          maxWidth: layout.columns * (layout.tileWidth + gap),
          '--tile-width': `${layout.tileWidth}px`,
          '--tile-height': `${layout.tileHeight}px`,
        }}
      >
        {children}
      </ul>
    </div>
  );
}
