import { type ComponentProps, type KeyboardEvent, type ReactElement, type ReactNode, useState } from 'react';
import { tilePlaces } from './grid-layout.js';
import { useMessages } from './messages-context.js';
import { nextPlace } from './roving-focus.js';
import { useElementSize } from './use-element-size.js';

/** What a grid can hold: the key says which tile is which. */
export interface GridItem {
  key: string;
}

/** What {@link ParticipantGrid} takes; the rest goes to its outer `<div>`. */
export interface ParticipantGridProps<Item extends GridItem>
  extends Omit<ComponentProps<'div'>, 'children' | 'ref'> {
  /** What to show, in order: usually what `useTiles` returned. */
  tiles: readonly Item[];
  /** Draws one tile; it fills the place that it is given. */
  children: (tile: Item) => ReactNode;
  /** CSS pixels between two tiles; 8. */
  gap?: number;
  /** Read out as the name of the list; default: `messages.participants`. */
  label?: string;
}

/**
 * Lays tiles out in as many columns as make them largest, all of one size, in the space that its outer element has (give
 * that a size: `flex: 1` or a height). Below 120 pixels of width it scrolls instead. A tile keeps its element for as long as
 * its key is there, so nothing jumps while somebody's media moves. Places differ by `transform`, `width` and `height` only: a
 * CSS transition of these lets tiles glide. The list is one stop for the tab key; arrow keys, Home and End go from tile to
 * tile.
 *
 * `data-participant-grid` with `data-columns` and `data-rows`; each place is a `<li data-tile>`. There are none before the
 * element has a size.
 */
export function ParticipantGrid<Item extends GridItem>({
  tiles,
  children,
  gap = 8,
  label,
  style,
  ...rest
}: ParticipantGridProps<Item>): ReactElement {
  const { participants } = useMessages();
  const { ref, width, height } = useElementSize();
  const [current, setCurrent] = useState<string>();
  const count = tiles.length;
  const layout = tilePlaces({ count, width, height, gap });
  const { columns, rows, tileWidth, tileHeight, places, contentHeight } = layout;
  const isMeasured = width > 0;
  const at = Math.max(
    0,
    tiles.findIndex((tile) => tile.key === current),
  );
  const move = (event: KeyboardEvent<HTMLLIElement>) => {
    // What a tile contains has its own keys.
    if (event.target !== event.currentTarget) return;
    const to = nextPlace(event.key, { at, count, columns });
    const place = to === undefined ? undefined : event.currentTarget.parentElement?.children[to];
    if (!(place instanceof HTMLElement)) return;
    event.preventDefault();
    place.focus();
  };
  return (
    <div
      {...rest}
      ref={ref}
      data-participant-grid=""
      data-columns={columns}
      data-rows={rows}
      style={{ minWidth: 0, minHeight: 0, overflow: 'hidden auto', ...style }}
    >
      <ul
        aria-label={label ?? participants}
        style={{ position: 'relative', height: contentHeight, margin: 0, padding: 0, listStyle: 'none' }}
      >
        {/* Not before the space is known: they would grow out of a corner. */}
        {(isMeasured ? tiles : []).map((tile, index) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys only move the focus
          <li
            key={tile.key}
            data-tile=""
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls is for the keyboard, too
            tabIndex={index === at ? 0 : -1}
            style={{
              position: 'absolute',
              top: 0,
              left: 0,
              width: tileWidth,
              height: tileHeight,
              transform: `translate(${places[index]?.x ?? 0}px, ${places[index]?.y ?? 0}px)`,
            }}
            onFocus={() => setCurrent(tile.key)}
            onKeyDown={move}
          >
            {children(tile)}
          </li>
        ))}
      </ul>
    </div>
  );
}
