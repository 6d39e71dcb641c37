import type { Participant, ParticipantStream } from '@evercall/react';
import { expect, it } from 'vitest';
import { tilesOf } from './tile.js';

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
    speaking: false,
    ...changes,
  } as ParticipantStream;
}

function participant(id: string, streams: ParticipantStream[], isLocal = false): Participant {
  const data = { clientData: '', serverData: `{"name":"${id.toUpperCase()}"}` };
  return { connectionId: id, connection: {}, isLocal, streams, ...data } as Participant;
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
    stream('1', { audioActive: false, speaking: true }),
    stream('2', { typeOfVideo: 'SCREEN', hasAudio: false }),
  ];
  expect(tilesOf([participant('a', streams)], 'Me').slice(1)).toMatchObject([
    { streamId: '1', name: 'A', isScreen: false, audioActive: false, videoActive: true },
    { streamId: '2', name: 'A', isScreen: true, audioActive: false },
  ]);
});
