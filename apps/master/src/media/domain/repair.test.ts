import { Leg } from '@evercall/media-protocol';
import { MediaNodeId, StreamId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { active, ann, annsStream, bob, stateOf, stream } from '../../../test/support/state.js';
import { fateOfLostLeg, type InventoryLeg, repairLeg } from './repair.js';

const here = MediaNodeId.parse('media_Aaaaaaaa');
const placed = (state = stateOf([active(ann)], [stream(annsStream)])) => ({
  ...state,
  placement: { legs: [{ leg: 0, mediaNodeId: here, worker: 0, generation: 1 }], leaving: [] },
});
const leg = (change: Partial<InventoryLeg> = {}): InventoryLeg => ({
  leg: Leg.parse({ sessionId: 'S', life: 1, generation: 1 }),
  worker: 0,
  ageMs: 60_000,
  connections: [{ connectionId: ann, ageMs: 60_000, transports: ['send'] }],
  streams: [{ streamId: annsStream, connectionId: ann, ageMs: 60_000, kinds: ['audio'] }],
  ...change,
});
const bobs = { connectionId: bob, ageMs: 60_000, transports: ['send' as const] };
const bobsStream = {
  streamId: StreamId.parse(`str_CAM_Aaaa_${bob}`),
  connectionId: bob,
  ageMs: 60_000,
  kinds: ['video' as const],
};

describe('repairLeg', () => {
  it('leaves alone what is wanted', () => expect(repairLeg(leg(), here, placed())).toEqual([]));

  it('leaves alone a leg that a planned move has not left yet', () => {
    const [place] = placed().placement.legs;
    const moving = { legs: [{ ...place!, generation: 2 }], leaving: [place!] };
    expect(repairLeg(leg(), here, { ...placed(), placement: moving })).toEqual([]);
  });

  it('takes a missing record for no order', () => expect(repairLeg(leg(), here, undefined)).toEqual([]));

  it.each([
    ['the session is over', { ...placed(), ended: 'disconnect' as const }],
    [
      'the session is elsewhere',
      {
        ...placed(),
        placement: {
          legs: [{ leg: 0, mediaNodeId: MediaNodeId.parse('media_Bbbbbbbb'), worker: 0, generation: 1 }],
          leaving: [],
        },
      },
    ],
    [
      'the leg is of an older generation',
      {
        ...placed(),
        placement: { legs: [{ leg: 0, mediaNodeId: here, worker: 0, generation: 2 }], leaving: [] },
      },
    ],
  ])('closes the leg when %s', (_, state) => {
    expect(repairLeg(leg(), here, state)).toEqual([{ name: 'closeSession', params: {} }]);
    expect(repairLeg(leg({ ageMs: 4000 }), here, state)).toEqual([]);
  });

  it('closes connections and streams that nobody knows, unless they are new', () => {
    expect(repairLeg(leg({ connections: [bobs], streams: [bobsStream] }), here, placed())).toEqual([
      { name: 'closeConnection', params: { connectionId: bob } },
      { name: 'closeStream', params: { streamId: bobsStream.streamId } },
    ]);
    const young = { connections: [{ ...bobs, ageMs: 100 }], streams: [{ ...bobsStream, ageMs: 100 }] };
    expect(repairLeg(leg(young), here, placed())).toEqual([]);
  });
});

describe('fateOfLostLeg', () => {
  const dead = leg().leg;

  it('is to be rescued while its session is placed there', () =>
    expect(fateOfLostLeg(dead, here, placed())).toBe('rescue'));

  it('is to be forgotten when its session has moved on or is over', () => {
    const [place] = placed().placement.legs;
    const moved = { ...placed(), placement: { legs: [{ ...place!, generation: 2 }], leaving: [] } };
    expect(fateOfLostLeg(dead, here, moved)).toBe('forget');
    expect(fateOfLostLeg(dead, here, { ...placed(), ended: 'disconnect' })).toBe('forget');
  });

  it('is left alone when no record can be found', () =>
    expect(fateOfLostLeg(dead, here, undefined)).toBe('none'));
});
