import { expect, it } from 'vitest';
import type { Participant, ParticipantStream } from './participant.js';
import { fakeConnection } from './testing/fake-session.js';
import { TileMaker } from './tile.js';

const maker = new TileMaker(({ clientData }) => clientData);
const tilesOf = (participants: Participant[], ownName: string) => maker.tilesOf(participants, ownName);

function stream(id: string, changes: Partial<ParticipantStream> = {}): ParticipantStream {
  return {
    streamId: id,
    stream: {},
    manager: {},
    typeOfVideo: 'CAMERA',
    hasAudio: true,
    hasVideo: true,
    audioActive: true,
    videoActive: true,
    ...changes,
  } as ParticipantStream;
}

function participant(id: string, streams: ParticipantStream[], isLocal = false): Participant {
  const data = { clientData: id.toUpperCase(), serverData: '' };
  return { connectionId: id, connection: fakeConnection(id), isLocal, streams, ...data };
}

const keys = (participants: Participant[]) => tilesOf(participants, 'Me').map((tile) => tile.key);

it('has a place for us before we are connected, and the same one after', () => {
  expect(tilesOf([], 'Me')).toMatchObject([{ key: 'own', name: 'Me', isLocal: true, streamId: undefined }]);
  expect(tilesOf([participant('a', [], true)], 'Me')).toMatchObject([{ key: 'own', name: 'A' }]);
});

it('keeps the place of a participant while streams come and go', () => {
  const me = participant('me', [], true);
  expect(keys([me, participant('a', [])])).toEqual(['own', 'a']);
  expect(keys([me, participant('a', [stream('1')])])).toEqual(['own', 'a']);
  expect(keys([me, participant('a', [stream('2', { typeOfVideo: 'SCREEN' }), stream('1')])])).toEqual([
    'own',
    'a',
    'a/2',
  ]);
});

it('knows what is seen and heard', () => {
  const streams = [
    stream('1', { audioActive: false }),
    stream('2', { typeOfVideo: 'SCREEN', hasAudio: false }),
  ];
  expect(tilesOf([participant('a', streams)], 'Me').slice(1)).toMatchObject([
    { streamId: '1', name: 'A', isScreen: false, audioActive: false, videoActive: true },
    { streamId: '2', name: 'A', isScreen: true, audioActive: false },
  ]);
});

it('makes no other tile of somebody who did not change', () => {
  const [ann, bob] = [participant('ann', [stream('1')]), participant('bob', [])];
  const [, before] = tilesOf([ann, bob], 'Me');
  const [, after, muted] = tilesOf([ann, participant('bob', [stream('2')])], 'Me');
  expect(after).toBe(before);
  expect(muted).toMatchObject({ key: 'bob', streamId: '2' });
});
