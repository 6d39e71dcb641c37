import { gridLayout, useElementSize, useOnline, useTiles, VideoTile } from '@evercall/react';

/** The sizes that `ParticipantGrid` gives, on elements of one's own. */
export function OwnGrid() {
  const tiles = useTiles();
  const { ref, width, height } = useElementSize();
  const { columns, tileHeight } = gridLayout({ count: tiles.length, width, height, gap: 4 });
  const online = useOnline();
  return (
    <section ref={ref} style={{ height: '100%', opacity: online ? 1 : 0.5 }}>
      <div style={{ display: 'grid', gap: 4, gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
        {tiles.map(({ key, manager }) => (
          <VideoTile key={key} manager={manager} style={{ height: tileHeight }} />
        ))}
      </div>
    </section>
  );
}
