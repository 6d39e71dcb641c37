import type { OpenVidu, Publisher, Session, Stream, Subscriber } from '@evercall/client';
import { Heartbeat } from './heartbeat.ts';
import { createSources, type Sources } from './sources.ts';
import { type Arrivals, TrackWatch } from './track-watch.ts';

declare global {
  interface Window {
    /** The SDK's script sets it. */
    OpenVidu: typeof OpenVidu;
  }
}

/** Something that the page noticed, in milliseconds since 1970. */
export interface PageEvent {
  at: number;
  what: string;
}

/** What a participant measured since the last `forget`. */
export interface Measured extends Arrivals {
  signals: number[];
  events: PageEvent[];
}

/** What comes of one received track, from the browser's own statistics. */
export interface TrackState {
  /** `<sender> <camera|screen> <kind>` */
  name: string;
  trackId: string;
  /** Frames decoded, or energy of the sound: grows while something comes. */
  amount: number;
  /** Bytes received and, for video, what is shown of it. */
  bytes: number;
  width: number;
  height: number;
}

/** Who is there and what is published, as this participant sees it. */
export interface Attendance {
  connections: string[];
  streams: string[];
}

/** How to enter a room. */
export interface Entry {
  room: string;
  name: string;
  screen?: boolean;
}

/** Reasons for which an application enters again by itself. */
const accidental = ['nodeCrashed', 'networkDisconnect'];
const retryMs = 50;

/** One participant of the room, as an application would write it, and the instruments that watch what it gets. */
export class Participant {
  readonly #audio = new AudioContext();
  readonly #openvidu = new window.OpenVidu();
  #sources: Sources | undefined;
  #watch: TrackWatch | undefined;
  #session: Session | undefined;
  readonly #heard: string[] = [];
  readonly #heartbeat = new Heartbeat(() => this.#session);
  #entry: Entry | undefined;
  #events: PageEvent[] = [];
  #returning = false;

  /** Enters a room; resolves when everything is published. */
  async enter(entry: Entry): Promise<void> {
    this.#watch ??= await TrackWatch.create(this.#audio);
    this.#entry = entry;
    await this.#join(entry);
  }

  leave(): void {
    this.#entry = undefined;
    this.#session?.disconnect();
    this.#session = undefined;
  }

  /** The nodes that serve this participant. */
  servedBy(): Session['servedBy'] {
    return this.#session?.servedBy;
  }

  forget(): void {
    this.#watch?.forget();
    this.#heartbeat.forget();
    this.#events = [];
  }

  async collect(): Promise<Measured> {
    const arrivals = (await this.#watch?.collect()) ?? { video: {}, audio: {} };
    return { ...arrivals, signals: this.#heartbeat.collect(), events: this.#events };
  }

  attendance(): Attendance {
    const session = this.#session;
    const others = [...(session?.remoteConnections.values() ?? [])];
    const own = session?.connection ? [session.connection] : [];
    return {
      connections: [...own, ...others].map(({ connectionId }) => connectionId).toSorted(),
      streams: [...own, ...others]
        .flatMap(({ streams }) => streams.map(({ streamId }) => streamId))
        .toSorted(),
    };
  }

  /** Says something to everybody. */
  async say(text: string): Promise<void> {
    await this.#session?.signal({ type: 'said', data: text });
  }

  /** What was said, in the order in which it was heard. */
  heard(): readonly string[] {
    return this.#heard;
  }

  /** This participant's own connection and streams. */
  own(): { connectionId: string; streams: string[] } {
    const connection = this.#session?.connection;
    if (!connection) throw new Error('not in a room');
    return {
      connectionId: connection.connectionId,
      streams: connection.streams.map(({ streamId }) => streamId),
    };
  }

  state(): string {
    return this.#session?.connectionState ?? 'none';
  }

  async tracks(): Promise<TrackState[]> {
    const subscribers = this.#session?.streamManagers.filter(({ remote }) => remote) ?? [];
    const states = await Promise.all(subscribers.map((subscriber) => tracksOf(subscriber as Subscriber)));
    return states.flat();
  }

  async #join(entry: Entry): Promise<void> {
    const token = await this.#token(entry);
    this.#note('got a token');
    const session = this.#openvidu.initSession();
    this.#session = session;
    this.#listen(session);
    this.#heartbeat.listen(session);
    await session.connect(token, entry.name);
    this.#note('connected');
    const publishers = await this.#open(entry);
    await Promise.all(publishers.map(async (publisher) => session.publish(publisher)));
    this.#note('published');
  }

  async #open({ screen = false }: Entry): Promise<Publisher[]> {
    const { video, audio } = (this.#sources ??= createSources(canvas(), this.#audio));
    // A publisher stops the tracks that it was given when it ends.
    const camera = await this.#openvidu.initPublisherAsync(undefined, {
      videoSource: video.clone(),
      audioSource: audio.clone(),
    });
    if (!screen) return [camera];
    const shared = await this.#openvidu.initPublisherAsync(undefined, {
      videoSource: 'screen',
      audioSource: false,
      resolution: '320x240',
      frameRate: 10,
    });
    return [camera, shared];
  }

  #listen(session: Session): void {
    session.on('streamCreated', ({ stream }) => {
      const subscriber = session.subscribe(stream, 'videos');
      const mediaStream = subscriber.stream.getMediaStream();
      if (mediaStream && stream.typeOfVideo !== 'SCREEN') this.#watch?.watch(senderOf(stream), mediaStream);
    });
    session.on('signal:said', ({ data }) => this.#heard.push(data ?? ''));
    session.on('reconnecting', () => this.#note('reconnecting'));
    session.on('reconnected', () => this.#note('reconnected'));
    session.on('servedByChanged', ({ servedBy: { masterName, mediaNodeName } }) =>
      this.#note(`served by ${masterName} and ${mediaNodeName}`),
    );
    session.on('exception', ({ name }) => this.#note(`exception ${name}`));
    session.on('sessionDisconnected', ({ reason }) => {
      this.#note(`session disconnected: ${reason}`);
      if (this.#session === session && accidental.includes(reason)) void this.#enterAgain();
    });
  }

  /** As an application of OpenVidu does it: a new token, and everything anew, until it works. */
  async #enterAgain(): Promise<void> {
    const entry = this.#entry;
    if (!entry || this.#returning) return;
    this.#returning = true;
    while (this.#entry === entry) {
      try {
        await this.#join(entry);
        break;
      } catch (error) {
        this.#note(`could not enter: ${String(error)}`);
        this.#session?.disconnect();
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
    this.#returning = false;
  }

  /** From the application's backend, which retries itself; the page retries what doesn't reach it. */
  async #token({ room }: Entry): Promise<string> {
    for (;;) {
      try {
        const response = await fetch('/token', { method: 'POST', body: JSON.stringify({ room }) });
        if (response.ok) return await response.text();
        this.#note(`no token: ${await response.text()}`);
      } catch {
        // No network; it is asked again until there is one.
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  #note(what: string): void {
    this.#events.push({ at: performance.timeOrigin + performance.now(), what });
  }
}

function canvas(): HTMLCanvasElement {
  const element = document.getElementById('picture');
  if (element instanceof HTMLCanvasElement) return element;
  throw new Error('the page has no canvas');
}

function senderOf(stream: Stream): string {
  return stream.connection.data.split('%/%')[0] ?? '';
}

async function tracksOf(subscriber: Subscriber): Promise<TrackState[]> {
  const { stream } = subscriber;
  const source = stream.typeOfVideo === 'SCREEN' ? 'screen' : 'camera';
  const states: TrackState[] = [];
  for (const stats of (await subscriber.getStats()).values()) {
    if (stats.type !== 'inbound-rtp') continue;
    states.push({
      name: `${senderOf(stream)} ${source} ${stats.kind}`,
      trackId: stats.trackIdentifier,
      amount: stats.kind === 'video' ? (stats.framesDecoded ?? 0) : (stats.totalAudioEnergy ?? 0),
      bytes: stats.bytesReceived ?? 0,
      width: stats.frameWidth ?? 0,
      height: stats.frameHeight ?? 0,
    });
  }
  return states;
}
