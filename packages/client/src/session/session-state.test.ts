import type {
  Position,
  PositionedEvent,
  RemoteConnection,
  SessionEvent,
  StreamInfo,
} from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { ann, at, bob, me, remote, snapshot, stream, streamId } from '../testing/fixtures.js';
import type { SessionChange } from './session-change.js';
import { SessionState } from './session-state.js';

/** What an application hears, in short. */
function brief(change: SessionChange): string {
  switch (change.type) {
    case 'connectionCreated':
      return `+ ${change.connection.connectionId}`;
    case 'connectionDestroyed':
      return `- ${change.connectionId} ${change.reason}`;
    case 'streamCreated':
      return `+ ${change.stream.streamId}`;
    case 'streamDestroyed':
      return `- ${change.streamId} ${change.reason}`;
    case 'streamPropertyChanged':
      return `${change.streamId} ${change.changedProperty} ${JSON.stringify(change.newValue)} ${change.reason}`;
    case 'connectionPropertyChanged':
      return `${change.changedProperty} ${change.oldValue} -> ${change.newValue}`;
    case 'signal':
      return `${change.signalType}: ${change.data} of ${change.from ?? 'a backend'}`;
    case 'app':
      return `${change.from} ${change.name} ${JSON.stringify(change.data)}`;
    case 'streamMoved':
      return `${change.streamId} -> generation ${change.generation}`;
    case 'sessionClosed':
      return `closed ${change.reason}`;
  }
}

function joinWith(others: RemoteConnection[], own: StreamInfo[] = []): SessionState {
  const { state } = SessionState.join(snapshot({ others }));
  for (const info of own) state.addOwnStream(info);
  return state;
}

function applied(state: SessionState, ...events: SessionEvent[]): string[] {
  const start = state.position.sequence;
  const positioned: PositionedEvent[] = events.map((event, index) => ({
    position: at(start + index + 1),
    event,
  }));
  return state.apply(positioned).map(brief);
}

const annInfo = { connectionId: ann, createdAt: 1000, data: '' };

describe('joining', () => {
  it('tells of oneself, then of all others, then of all streams', () => {
    const others = [remote(ann, [stream(ann)]), remote(bob, [stream(bob)])];
    const { changes, state } = SessionState.join(snapshot({ others }));
    expect(changes.map(brief)).toEqual([
      `+ ${me}`,
      `+ ${ann}`,
      `+ ${bob}`,
      `+ ${streamId(ann)}`,
      `+ ${streamId(bob)}`,
    ]);
    expect(state.position).toEqual(at(10));
  });
});

describe('events', () => {
  const cases: {
    what: string;
    others?: RemoteConnection[];
    own?: StreamInfo[];
    event: SessionEvent;
    heard: string[];
  }[] = [
    {
      what: 'somebody comes',
      event: { type: 'connectionCreated', connection: annInfo },
      heard: [`+ ${ann}`],
    },
    {
      what: 'somebody who is there comes again',
      others: [remote(ann)],
      event: { type: 'connectionCreated', connection: annInfo },
      heard: [],
    },
    {
      what: 'somebody publishes',
      others: [remote(ann)],
      event: { type: 'streamCreated', stream: stream(ann) },
      heard: [`+ ${streamId(ann)}`],
    },
    {
      what: 'somebody unknown publishes',
      event: { type: 'streamCreated', stream: stream(ann) },
      heard: [],
    },
    {
      what: 'oneself publishes',
      event: { type: 'streamCreated', stream: stream(me) },
      heard: [],
    },
    {
      what: 'somebody with a stream leaves: the stream first, for the same reason',
      others: [remote(ann, [stream(ann)])],
      event: { type: 'connectionDestroyed', connectionId: ann, reason: 'networkDisconnect' },
      heard: [`- ${streamId(ann)} networkDisconnect`, `- ${ann} networkDisconnect`],
    },
    {
      what: 'somebody stops publishing',
      others: [remote(ann, [stream(ann)])],
      event: { type: 'streamDestroyed', streamId: streamId(ann), connectionId: ann, reason: 'unpublish' },
      heard: [`- ${streamId(ann)} unpublish`],
    },
    {
      what: "a moderator ends one's own stream",
      own: [stream(me)],
      event: {
        type: 'streamDestroyed',
        streamId: streamId(me),
        connectionId: me,
        reason: 'forceUnpublishByUser',
      },
      heard: [`- ${streamId(me)} forceUnpublishByUser`],
    },
    {
      what: "the end of one's own stream that one knows of",
      event: { type: 'streamDestroyed', streamId: streamId(me), connectionId: me, reason: 'unpublish' },
      heard: [],
    },
    {
      what: 'somebody mutes',
      others: [remote(ann, [stream(ann)])],
      event: {
        type: 'streamPropertyChanged',
        streamId: streamId(ann),
        connectionId: ann,
        changedProperty: 'audioActive',
        newValue: false,
        reason: 'publishAudio',
      },
      heard: [`${streamId(ann)} audioActive false publishAudio`],
    },
    {
      what: 'somebody mutes who is muted',
      others: [remote(ann, [stream(ann, { audioActive: false })])],
      event: {
        type: 'streamPropertyChanged',
        streamId: streamId(ann),
        connectionId: ann,
        changedProperty: 'audioActive',
        newValue: false,
        reason: 'publishAudio',
      },
      heard: [],
    },
    {
      what: "the echo of one's own muting",
      own: [stream(me)],
      event: {
        type: 'streamPropertyChanged',
        streamId: streamId(me),
        connectionId: me,
        changedProperty: 'audioActive',
        newValue: false,
        reason: 'publishAudio',
      },
      heard: [],
    },
    {
      what: "one's own role changes",
      event: {
        type: 'connectionPropertyChanged',
        connectionId: me,
        changedProperty: 'role',
        newValue: 'MODERATOR',
      },
      heard: ['role PUBLISHER -> MODERATOR'],
    },
    {
      what: 'a backend signals',
      event: { type: 'signal', signalType: 'signal:chat', data: 'hi' },
      heard: ['signal:chat: hi of a backend'],
    },
    {
      what: 'somebody tells something of the application',
      event: { type: 'app', name: 'handRaised', data: { raised: true }, from: ann },
      heard: [`${ann} handRaised {"raised":true}`],
    },
    {
      what: 'somebody tells what only a newer release knows',
      event: { type: 'app', name: 'invented', data: {}, from: ann },
      heard: [],
    },
    {
      what: 'the session is closed',
      event: { type: 'sessionClosed', reason: 'sessionClosedByServer' },
      heard: ['closed sessionClosedByServer'],
    },
  ];
  it.each(cases)('$what', ({ others = [], own = [], event, heard }) => {
    expect(applied(joinWith(others, own), event)).toEqual(heard);
  });

  it('count once, however often they come', () => {
    const state = joinWith([]);
    const event: SessionEvent = { type: 'signal', signalType: 'signal', data: 'x', from: ann };
    const tell = (position: Position) => state.apply([{ position, event }]).length;
    expect([tell(at(11)), tell(at(11)), tell(at(9)), tell(at(12)), tell(at(1, 2))]).toEqual([1, 0, 0, 1, 1]);
    expect(state.position).toEqual(at(1, 2));
  });

  it('may go on without anything for this client', () => {
    const state = joinWith([]);
    state.advance(at(20));
    state.advance(at(15));
    expect(state.position).toEqual(at(20));
  });
});

describe('a snapshot after a gap', () => {
  it('becomes the events of the difference: ends first, then connections, then streams, then properties', () => {
    const state = joinWith([remote(ann, [stream(ann)]), remote(bob, [stream(bob)])]);
    const screen = stream(bob, { streamId: streamId(bob, 'SCR') });
    const next = snapshot({
      others: [remote(bob, [stream(bob, { videoActive: false }), screen])],
      role: 'SUBSCRIBER',
      position: at(3, 2),
    });
    expect(state.resync(next, []).map(brief)).toEqual([
      `- ${streamId(ann)} disconnect`,
      `- ${ann} disconnect`,
      `+ ${streamId(bob, 'SCR')}`,
      `${streamId(bob)} videoActive false publishVideo`,
      'role PUBLISHER -> SUBSCRIBER',
    ]);
    expect(state.position).toEqual(at(3, 2));
  });

  it('that shows nothing new tells nothing', () => {
    const others = [remote(ann, [stream(ann)])];
    const state = joinWith(others, [stream(me)]);
    expect(state.resync(snapshot({ others, own: [stream(me)] }), [])).toEqual([]);
  });

  it("ends one's own streams that are gone, but not those that will be published again", () => {
    const screen = stream(me, { streamId: streamId(me, 'SCR') });
    const state = joinWith([], [stream(me), screen]);
    const heard = state.resync(snapshot({}), [streamId(me)]).map(brief);
    expect(heard).toEqual([`- ${streamId(me, 'SCR')} forceUnpublishByServer`]);
    expect(state.ownStreamIds).toEqual([streamId(me)]);
  });
});
