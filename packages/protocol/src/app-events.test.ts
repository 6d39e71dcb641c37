import { describe, expect, it } from 'vitest';
import { AppEvent } from './app-events.js';
import { PositionedEvents } from './events.js';
import { limits } from './limits.js';

describe('an event of the application', () => {
  it('is what its name says, without what the shape does not have', () => {
    const told = AppEvent.parse({ name: 'handRaised', data: { raised: true, more: 1 } });
    expect(told).toEqual({ name: 'handRaised', data: { raised: true } });
  });

  it.each([
    [{ name: 'handRaised', data: { raised: 'yes' } }, 'data.raised'],
    [{ name: 'handRaised' }, 'data'],
    [{ name: 'nobodyKnowsThis', data: {} }, 'name'],
  ])('can not be %j', (told, field) => {
    expect(AppEvent.safeParse(told).error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });

  it('has room for what an event says, not for files', () => expect(limits.appEventData).toBe(16 * 1024));
});

describe('events of a newer release', () => {
  it('are left out, and cost none of the others', () => {
    const position = { epoch: 1, sequence: 1 };
    const known = { position, event: { type: 'signal', signalType: 'signal', data: 'x' } };
    expect(PositionedEvents.parse([{ position, event: { type: 'invented' } }, known, 7])).toEqual([known]);
  });
});
