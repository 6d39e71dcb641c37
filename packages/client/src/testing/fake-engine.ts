import type { ConnectionEndReason, Result, ServedBy } from '@evercall/protocol';
import { Engine } from '../engine/engine.js';
import type { LocalSource } from '../engine/local-streams.js';
import type { SessionChange } from '../session/session-change.js';
import type { SignalState } from '../signal/signal-state.js';
import { FakeCluster } from './fake-cluster.js';
import { type FakeNetwork, fakeDevices, fakeTransport, routerCapabilities } from './fake-device.js';
import { fakeTrack } from './fake-track.js';
import { ids, joined, mediaSetup, resumed, stream } from './fixtures.js';

/** Everything that an engine tells. */
export interface Told {
  changes: SessionChange[];
  states: SignalState[];
  servedBy: ServedBy[];
  ended: ConnectionEndReason[];
}

/** Media parameters that a device can use. */
export function usableMedia(change: Parameters<typeof mediaSetup>[0] = {}) {
  return mediaSetup({ send: fakeTransport(), recv: fakeTransport(), ...change });
}

/** A cluster that answers every request with success. */
export function agreeableCluster(answer: Partial<Result<'connect'>> = {}): FakeCluster {
  const nothing = () => ({});
  return new FakeCluster()
    .on('connect', () => joined({ media: usableMedia(), ...answer }))
    .on('resume', () => resumed())
    .on('connectTransport', nothing)
    .on('publish', ({ streamId, options }) => ({
      stream: { ...stream(streamOwner(streamId)), ...options, streamId },
    }))
    .on('unpublish', nothing)
    .on('setTrackActive', nothing)
    .on('setVideoDimensions', nothing)
    .on('subscribe', () => ({ consumers: [] }))
    .on('startConsumers', nothing)
    .on('moveDone', nothing)
    .on('unsubscribe', nothing)
    .on('signal', nothing)
    .on('tell', nothing)
    .on('leave', nothing);
}

/** What comes over a fake network. */
export class FakeMedia implements FakeNetwork {
  reaches = true;
  readonly handlers: FakeNetwork['handlers'] = [];
  /** Consumers of which nothing comes. */
  readonly silent = new Set<string>();
  /** When something of a consumer was decoded last, if not just now. */
  readonly times = new Map<string, number>();

  readonly playedAt = ({ id }: { id: string }): number | undefined =>
    this.silent.has(id) ? undefined : (this.times.get(id) ?? performance.now());
}

/** An engine on a fake cluster with fake devices whose codecs are known. */
export async function fakeEngine(cluster: FakeCluster = agreeableCluster()) {
  const told: Told = { changes: [], states: [], servedBy: [], ended: [] };
  const media = new FakeMedia();
  const devices = fakeDevices(undefined, media);
  await devices.load('hash-1', routerCapabilities);
  const engine = new Engine({
    openWire: cluster.open,
    devices,
    ids,
    random: () => 0,
    platform: 'test',
    rtcSettings: () => ({}),
    playedAt: media.playedAt,
    listener: {
      onJoined: () => undefined,
      onChanges: (changes) => void told.changes.push(...changes),
      onState: (state) => void told.states.push(state),
      onServedBy: (servedBy) => void told.servedBy.push(servedBy),
      onLink: () => undefined,
      onMediaFailed: () => undefined,
      onEnded: (reason) => void told.ended.push(reason),
    },
  });
  return { cluster, engine, told, media };
}

/** Something to publish, with its switches at hand. */
export function fakeSource() {
  const audio = { track: fakeTrack('audio'), active: true };
  const video = { track: fakeTrack('video', { width: 640, height: 480 }), active: true };
  const source: LocalSource = {
    options: () => ({ hasAudio: true, audioActive: audio.active, hasVideo: true, videoActive: video.active }),
    tracks: () => [{ ...audio }, { ...video }],
    simulcast: undefined,
  };
  return { audio, video, source };
}

function streamOwner(streamId: string): ReturnType<typeof stream>['connectionId'] {
  return streamId.split('_').slice(-2).join('_') as ReturnType<typeof stream>['connectionId'];
}
