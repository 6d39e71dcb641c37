import type { Audience, LogEntry } from '@evercall/cluster';
import { MediaNodeId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { ann, bob } from '../../test/support/state.js';
import { FeedMember } from './feed-member.js';

const at = (sequence: number) => ({ epoch: 1, sequence });
const signal = (sequence: number, audience: Audience = { to: 'all' }): LogEntry => ({
  position: at(sequence),
  at: 0,
  audience,
  event: { type: 'signal', signalType: 'signal', data: String(sequence) },
});

function member() {
  const heard: unknown[] = [];
  const feed = new FeedMember(ann, {
    events: (events) => heard.push(...events.map(({ position }) => position.sequence)),
    position: ({ sequence }) => heard.push(`at ${sequence}`),
    moved: (generation) => heard.push(`moved ${generation}`),
    mediaLost: (generation) => heard.push(`media lost ${generation}`),
    ended: (reason) => heard.push(reason),
    fellBehind: () => heard.push('behind'),
  });
  return { feed, heard };
}

describe('FeedMember', () => {
  it('holds events back until the answer is sent, then gives those after its position', () => {
    const { feed, heard } = member();
    feed.deliver([signal(1), signal(2), signal(3)]);
    expect(heard).toEqual([]);
    feed.start(at(2));
    feed.deliver([signal(4)]);
    expect(heard).toEqual([3, 4]);
  });

  it('gives only what is for it, and tells how far the log is', () => {
    const { feed, heard } = member();
    feed.start(at(0));
    feed.deliver([signal(1, { to: 'only', connections: [bob] }), signal(2, { to: 'others', than: ann })]);
    expect(heard).toEqual([]);
    feed.tellPosition();
    feed.tellPosition();
    expect(heard).toEqual(['at 2']);
  });

  it('tells the own end after what came before it, and nothing after it', () => {
    const { feed, heard } = member();
    feed.start(at(0));
    const end: LogEntry = {
      ...signal(2),
      event: { type: 'connectionDestroyed', connectionId: ann, reason: 'forceDisconnectByServer' },
    };
    feed.deliver([signal(1), end, signal(3)]);
    expect(heard).toEqual([1, 'forceDisconnectByServer']);
  });

  it('is told how things are when its events are lost, and goes on from there', () => {
    const { feed, heard } = member();
    feed.start(at(3));
    feed.fellBehind(at(8));
    feed.deliver([signal(9)]);
    feed.start(at(7));
    feed.start(at(8));
    expect(heard).toEqual(['behind', 'behind', 9]);
  });

  it('gets the signals and events of the application that are still there, before it is told how things are', () => {
    const { feed, heard } = member();
    feed.start(at(3));
    const gone: LogEntry = {
      ...signal(7),
      event: { type: 'connectionDestroyed', connectionId: bob, reason: 'disconnect' },
    };
    const app: LogEntry = {
      ...signal(9),
      event: { type: 'app', name: 'handRaised', data: { raised: true }, from: bob },
    };
    feed.fellBehind(at(8), [gone, signal(8)]);
    feed.deliver([app, signal(10)]);
    feed.startAnew(at(9), () => heard.push('told'));
    expect(heard).toEqual([8, 'behind', 9, 'told', 10]);
  });

  it('that is being answered waits for an answer that stands for what is there now', () => {
    const { feed, heard } = member();
    feed.fellBehind(at(8));
    feed.start(at(8));
    feed.advance(at(9));
    feed.tellPosition();
    expect(heard).toEqual(['at 9']);
  });

  it('tells that the media is gone, unless it has a new place by now', () => {
    const { feed, heard } = member();
    const placed = (
      sequence: number,
      change: { generation: number; mediaNodeId?: MediaNodeId },
    ): LogEntry => ({
      position: at(sequence),
      at: 0,
      audience: { to: 'all' },
      event: { type: 'placementChanged', planned: false, ...change },
    });
    const mediaNodeId = MediaNodeId.parse('media_Aaaaaaaa');
    feed.start(at(0));
    feed.deliver([placed(1, { generation: 1 })]);
    feed.deliver([placed(2, { generation: 2, mediaNodeId })]);
    feed.deliver([placed(3, { generation: 2 }), placed(4, { generation: 3, mediaNodeId })]);
    expect(heard).toEqual(['media lost 1', 'moved 2', 'moved 3']);
  });
});
