import { expect, type Page } from '@playwright/test';
import { type ReceivedTrack, received } from './media-probe.js';

/** Milliseconds until the slowest track plays on a machine that is busy with several browsers. */
const timeout = 25_000;

/** The page plays so many tracks of each kind, no more, and something new comes of every one of them. */
export async function expectReceives(page: Page, wanted: { audio: number; video: number }): Promise<void> {
  const kinds = [...repeat('audio', wanted.audio), ...repeat('video', wanted.video)];
  const first = new Map<string, number>();
  const grown = async () => {
    const tracks = await received(page);
    return tracks
      .map(({ id, kind, amount }) => {
        const before = first.get(id);
        if (before === undefined) first.set(id, amount);
        return amount > (before ?? amount) ? kind : `${kind}, still`;
      })
      .toSorted();
  };
  await expect.poll(grown, { timeout, message: 'tracks that are played' }).toEqual(kinds);
}

/** Nothing comes of one kind any more, while the other kind goes on: that it does is the clock. */
export async function expectStops(page: Page, kind: ReceivedTrack['kind']): Promise<void> {
  const other = kind === 'audio' ? 'video' : 'audio';
  const arrivedMeanwhile = async () => {
    const before = await packets(page, kind);
    const mark = await packets(page, other);
    await expect.poll(() => packets(page, other), { timeout }).toBeGreaterThan(mark + 20);
    return (await packets(page, kind)) - before;
  };
  await expect.poll(arrivedMeanwhile, { timeout, message: `${kind} packets` }).toBe(0);
}

async function packets(page: Page, kind: ReceivedTrack['kind']): Promise<number> {
  const tracks = await received(page);
  return tracks.reduce((sum, track) => sum + (track.kind === kind ? track.packets : 0), 0);
}

function repeat(kind: string, count: number): string[] {
  return Array.from({ length: count }, () => kind);
}
