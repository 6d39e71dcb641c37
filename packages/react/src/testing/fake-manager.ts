import type { Stream, StreamManager } from '@evercall/client';
import { FakeEmitter } from './fake-emitter.js';

/** A publisher or subscriber that keeps its elements and tells what a test says. */
export class FakeManager extends FakeEmitter {
  readonly stream: Stream;
  readonly remote: boolean;
  readonly videos: HTMLVideoElement[] = [];
  /** What the browser counted. */
  stats: () => Promise<RTCStatsReport> = async () => new Map();

  constructor(stream: Stream, remote = true) {
    super();
    this.stream = stream;
    this.remote = remote;
    stream.streamManager = this.asManager;
  }

  /** The class has private fields, which no other class can have. */
  get asManager(): StreamManager {
    return this as object as StreamManager;
  }

  addVideoElement(video: HTMLVideoElement): void {
    this.videos.push(video);
  }

  removeVideoElement(video: HTMLVideoElement): void {
    this.videos.splice(this.videos.indexOf(video), 1);
  }

  getStats(): Promise<RTCStatsReport> {
    return this.stats();
  }
}
