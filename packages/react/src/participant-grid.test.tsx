import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { ParticipantGrid } from './participant-grid.js';
import { installBrowser, resizeAll } from './testing/fake-browser.js';
import { FakeManager } from './testing/fake-manager.js';
import { fakeStream } from './testing/fake-session.js';
import type { Tile } from './tile.js';
import { VideoTile } from './video-tile.js';

beforeAll(installBrowser);
afterEach(cleanup);

const tiles = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `${index}` }));
const places = () => screen.getAllByRole('listitem');

function show(count: number) {
  const view = render(
    <ParticipantGrid tiles={tiles(count)} className="mine">
      {({ key }) => <button type="button">{key}</button>}
    </ParticipantGrid>,
  );
  act(() => resizeAll(1264, 600));
  return view;
}

it('gives all tiles one size, the largest that fits', () => {
  const { container } = show(4);
  const grid = container.firstElementChild as HTMLElement;
  expect(grid).toMatchObject({ className: 'mine', dataset: { columns: '2', rows: '2' } });
  expect(screen.getByRole('list', { name: 'Participants' })).toBeTruthy();
  for (const place of places()) expect(place.style).toMatchObject({ width: '526px', height: '296px' });
  act(() => resizeAll(344, 560));
  expect(grid.dataset).toMatchObject({ columns: '2', rows: '2' });
  expect(places()[0]?.style.width).toBe('168px');
  expect(places()[3]?.style.transform).toBe('translate(176px, 284px)');
  act(() => resizeAll(0, 0));
  expect(places()[0]?.style.width).toBe('168px');
});

it('is one stop for the tab key, and arrow keys go from tile to tile', () => {
  show(4);
  const stops = () => places().map((place) => place.tabIndex);
  expect(stops()).toEqual([0, -1, -1, -1]);
  act(() => places()[0]?.focus());
  fireEvent.keyDown(places()[0]!, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(places()[2]);
  expect(stops()).toEqual([-1, -1, 0, -1]);
  fireEvent.keyDown(places()[2]!, { key: 'End' });
  expect(document.activeElement).toBe(places()[3]);
  fireEvent.keyDown(places()[3]!, { key: 'ArrowRight' });
  expect(document.activeElement).toBe(places()[3]);
});

it('leaves the keys alone of what a tile contains', () => {
  show(2);
  const inside = screen.getByRole('button', { name: '0' });
  act(() => inside.focus());
  fireEvent.keyDown(inside, { key: 'ArrowRight' });
  expect(document.activeElement).toBe(inside);
});

it('has a stop again when the tile with the focus goes', () => {
  const { rerender } = show(3);
  act(() => places()[2]?.focus());
  rerender(
    <ParticipantGrid tiles={tiles(2)} label="Leute">
      {({ key }) => key}
    </ParticipantGrid>,
  );
  expect(places().map((place) => place.tabIndex)).toEqual([0, -1]);
  expect(screen.getByRole('list', { name: 'Leute' })).toBeTruthy();
});

it('keeps the elements of a tile while its media is away and comes back', () => {
  const empty: Tile = {
    key: 'ann',
    connectionId: 'ann',
    streamId: undefined,
    name: 'Ann',
    isLocal: false,
    isScreen: false,
    manager: undefined,
    audioActive: false,
    videoActive: false,
  };
  const grid = (tile: Tile) => (
    <ParticipantGrid tiles={[tile]}>{({ manager }) => <VideoTile manager={manager} />}</ParticipantGrid>
  );
  const manager = new FakeManager(fakeStream('one'));
  const { container, rerender } = render(grid({ ...empty, manager: manager.asManager }));
  act(() => resizeAll(640, 360));
  const [place] = places();
  const video = container.querySelector('video');
  const { width, height } = place!.style;
  rerender(grid(empty));
  const again = new FakeManager(fakeStream('two'));
  rerender(grid({ ...empty, manager: again.asManager }));
  expect(places()).toEqual([place]);
  expect(container.querySelector('video')).toBe(video);
  expect(again.videos).toEqual([video]);
  expect(place?.style).toMatchObject({ width, height });
});
