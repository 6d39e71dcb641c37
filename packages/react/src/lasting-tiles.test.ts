import { expect, it } from 'vitest';
import { lastingTiles } from './lasting-tiles.js';
import { type Tile, TileMaker } from './tile.js';

const [own] = new TileMaker(() => '').tilesOf([], 'Me');

function tile(id: string, name: string, change: Partial<Tile> = {}): Tile {
  if (!own) throw new Error('everybody has a tile');
  const manager = {} as Tile['manager'];
  return { ...own, key: id, connectionId: id, streamId: id, name, isLocal: false, manager, ...change };
}

const me = tile('own', 'Me', { isLocal: true });
const before = [me, tile('1', 'Ann'), tile('2', 'Bob'), tile('2/s', 'Bob', { isScreen: true })];

it('keeps everybody in place, without a picture, while nobody is there', () => {
  const kept = lastingTiles(before, [me]);
  expect(kept.map(({ key }) => key)).toEqual(['own', '1', '2', '2/s']);
  expect(kept.slice(1)).toEqual(
    kept.slice(1).map(() => expect.objectContaining({ manager: undefined, videoActive: false })),
  );
  expect(kept[0]).toBe(me);
});

it('gives the place back to whoever returns under another id, in any order', () => {
  const now = [me, tile('8', 'Bob'), tile('9', 'Ann'), tile('8/s', 'Bob', { isScreen: true })];
  expect(lastingTiles(before, now).map(({ key }) => key)).toEqual(['own', '9', '8', '8/s']);
});

it('puts newcomers last, and tells two of the same name apart', () => {
  const now = [me, tile('7', 'Cyd'), tile('8', 'Ann'), tile('9', 'Ann')];
  expect(lastingTiles(before, now).map(({ key }) => key)).toEqual(['own', '8', '2', '2/s', '7', '9']);
});
