import { OpenViduError, OpenViduErrorName, type PublisherProperties } from '@evercall/client';
import { tellDeviceAccess } from './device-access.js';
import {
  type MediaKind,
  type MediaStatus,
  type Permission,
  permissionFor,
  statusOfError,
} from './media-status.js';
import { type Facing, otherCamera } from './other-camera.js';
import { Store } from './store.js';

/** One of the two devices. */
export interface LocalMediaInput {
  status: MediaStatus;
  track: MediaStreamTrack | undefined;
  /** Of the captured device. */
  deviceId: string | undefined;
  error: Error | undefined;
}

/** One's own camera and microphone. */
export interface LocalMediaValue {
  audio: LocalMediaInput;
  video: LocalMediaInput;
  /** Both tracks as far as they are there; another object whenever one comes or goes. */
  stream: MediaStream | undefined;
}

export interface LocalMediaOptions {
  /** What to ask for at once. */
  kinds: readonly MediaKind[];
  capture: (properties: PublisherProperties) => Promise<MediaStream>;
  /** Captures a telephone's camera by its side, which OpenVidu's properties can't name. */
  captureFacing: (facing: Facing) => Promise<MediaStream>;
  cameras: () => Promise<readonly { deviceId: string }[]>;
  permission?: (kind: MediaKind) => Promise<Permission>;
  /** How the picture is captured. */
  picture: Pick<PublisherProperties, 'resolution' | 'frameRate'>;
}

const off: LocalMediaInput = { status: 'off', track: undefined, deviceId: undefined, error: undefined };

/** One's own camera and microphone, each with its own fate. */
export class LocalMedia {
  readonly store = new Store<LocalMediaValue>({ audio: off, video: off, stream: undefined });
  readonly #options: LocalMediaOptions;
  readonly #chosen: { audio: string | undefined; video: string | undefined } = {
    audio: undefined,
    video: undefined,
  };
  /** The last question for each device; answers to earlier ones are thrown away. */
  readonly #question: Record<MediaKind, number> = { audio: 0, video: 0 };

  constructor(options: LocalMediaOptions) {
    this.#options = options;
  }

  /** Asks for both with one question, so that the user answers once; one device may be missing. */
  async start(): Promise<void> {
    const { kinds } = this.#options;
    if (kinds.length < 2) {
      await Promise.all(kinds.map((kind) => this.select(kind)));
      return;
    }
    const [audio, video] = [this.#begin('audio'), this.#begin('video')];
    try {
      const stream = await this.#options.capture({ ...this.#options.picture });
      this.#got('audio', audio, stream);
      this.#got('video', video, stream);
    } catch (error) {
      await Promise.all([
        this.#failedTogether('audio', audio, error),
        this.#failedTogether('video', video, error),
      ]);
    }
  }

  /** Asks for a device (again); `false` lets go of it; absent: the one chosen before, or the browser's default. */
  async select(kind: MediaKind, deviceId?: string | false): Promise<void> {
    if (deviceId === false) {
      this.#question[kind] += 1;
      this.#put(kind, off);
      return;
    }
    if (deviceId !== undefined) this.#chosen[kind] = deviceId;
    await this.#ask(kind, this.#begin(kind));
  }

  /**
   * Takes the camera of the other side of a telephone, or the next one where cameras have no side; if it can't be had,
   * the one before. Nothing happens without a camera that runs, or without another.
   */
  async flipCamera(): Promise<void> {
    const { track, deviceId, status } = this.store.get().video;
    if (!track || status !== 'granted') return;
    const other = otherCamera(track.getSettings(), await this.#options.cameras());
    if (!other || this.store.get().video.track !== track) return;
    const question = this.#begin('video');
    try {
      const { capture, captureFacing, picture } = this.#options;
      const stream = await ('facing' in other
        ? captureFacing(other.facing)
        : capture({ ...picture, audioSource: false, videoSource: other.deviceId }));
      this.#got('video', question, stream);
      if (this.#question.video === question) this.#chosen.video = this.store.get().video.deviceId;
    } catch {
      // Whatever the reason, the camera before is better than none, and says itself what is wrong if it is gone, too.
      if (this.#question.video === question) await this.select('video', deviceId);
    }
  }

  /** Lets go of both. */
  release(): void {
    for (const kind of ['audio', 'video'] as const) {
      this.#question[kind] += 1;
      this.#put(kind, off);
    }
  }

  async #ask(kind: MediaKind, question: number): Promise<void> {
    const source = this.#chosen[kind];
    const chosen = source === undefined ? {} : { [`${kind}Source`]: source };
    const other = kind === 'audio' ? { videoSource: false as const } : { audioSource: false as const };
    try {
      const stream = await this.#options.capture({ ...this.#options.picture, ...other, ...chosen });
      this.#got(kind, question, stream);
    } catch (error) {
      await this.#failed(kind, question, error);
    }
  }

  /** If one device is missing or refused, the other may still be had; nobody is asked a second time. */
  async #failedTogether(kind: MediaKind, question: number, error: unknown): Promise<void> {
    const refused = error instanceof OpenViduError && error.name === OpenViduErrorName.DEVICE_ACCESS_DENIED;
    const mayTryAlone = !refused || (await this.#permission(kind)) === 'granted';
    if (mayTryAlone && this.#question[kind] === question) await this.#ask(kind, question);
    else await this.#failed(kind, question, error);
  }

  #begin(kind: MediaKind): number {
    this.#question[kind] += 1;
    // What there is stays until the next one comes, so that a stream which sends it goes on. It is stopped before:
    // telephones open one camera at a time.
    const { track, deviceId } = this.store.get()[kind];
    track?.stop();
    this.#put(kind, { ...off, status: 'prompting', track, deviceId });
    return this.#question[kind];
  }

  #got(kind: MediaKind, question: number, stream: MediaStream): void {
    const [track] = kind === 'audio' ? stream.getAudioTracks() : stream.getVideoTracks();
    if (!track) return;
    if (this.#question[kind] !== question) {
      track.stop();
      return;
    }
    track.addEventListener('ended', () => {
      if (this.store.get()[kind].track === track) this.#put(kind, { ...off, status: 'unplugged' });
    });
    this.#put(kind, { status: 'granted', track, deviceId: track.getSettings().deviceId, error: undefined });
    tellDeviceAccess();
  }

  async #failed(kind: MediaKind, question: number, cause: unknown): Promise<void> {
    const permission = await this.#permission(kind);
    if (this.#question[kind] !== question) return;
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const secureContext = globalThis.isSecureContext;
    this.#put(kind, { ...off, status: statusOfError(cause, { permission, secureContext }), error });
  }

  #permission(kind: MediaKind): Promise<Permission> {
    return (this.#options.permission ?? permissionFor)(kind);
  }

  #put(kind: MediaKind, input: LocalMediaInput): void {
    const before = this.store.get();
    const old = before[kind].track;
    if (old && old !== input.track) old.stop();
    const now = { ...before, [kind]: input };
    const tracks = [now.audio.track, now.video.track].filter((track) => track !== undefined);
    const changed = old !== input.track;
    const stream = tracks.length > 0 ? new MediaStream(tracks) : undefined;
    this.store.set({ ...now, stream: changed ? stream : before.stream });
  }
}
