import { log } from '../log.js';
import type { MediaSession } from '../media/media-session.js';
import type { Restoring } from '../signal/restoring.js';
import type { Ask } from './ask.js';
import type { CurrentMedia } from './current-media.js';
import type { LocalStreams } from './local-streams.js';
import type { LookOut } from './look-out.js';
import type { RemoteStreams } from './remote-streams.js';
import { within } from './within.js';

/** Milliseconds that other requests wait for everything to be asked for, at most: chat must not hang on a slow media node. */
const askingMs = 5000;
/** Milliseconds after which streams that nobody has announced are asked for nevertheless. */
const unannouncedMs = 2000;
/** Milliseconds that the end of a move is waited for. Who comes later is shown when they come. */
const arrivingMs = 5000;
/** Milliseconds that the old transports of a planned move send on, at most, for others who still receive over them. */
const sendingOnMs = 5000;

export interface MoveOptions {
  media: CurrentMedia;
  /** The transports to move to; they have taken the others' place already. */
  to: MediaSession;
  /** Generation before. */
  from: number;
  /** See {@link Move.planned}. */
  planned: boolean;
  local: LocalStreams;
  remote: RemoteStreams;
  lookOut: LookOut;
  ask: Ask;
}

/** One move of this connection's media to new transports: everything is published and received again over them. */
export class Move {
  /** The application is told nothing. */
  planned: boolean;
  readonly restoring: Restoring;
  /** Nothing needs what came before any more. Never rejects. */
  readonly ended: Promise<void>;
  readonly #options: MoveOptions;
  readonly #end = new AbortController();

  constructor(options: MoveOptions) {
    this.#options = options;
    this.planned = options.planned;
    const { local, remote } = options;
    this.#warmUp();
    const asking = Promise.all([local.publishAgain(), remote.receiveAgain({ all: false })]);
    const asked = within(askingMs, asking, this.#end.signal);
    this.restoring = { gate: 'media', asked, done: asked.then(async () => this.#arrive()) };
    this.ended = this.restoring.done.then(async () => this.#sendOn());
  }

  get over(): boolean {
    return this.#end.signal.aborted;
  }

  /** Another move takes its place, or the connection is over. */
  abandon(): void {
    this.#end.abort();
  }

  /** Others arrive one by one: ICE and DTLS needn't wait for the first of them. */
  #warmUp(): void {
    const { to, remote } = this.#options;
    if (remote.subscriptions.length === 0) return;
    to.warmUp().catch((error: unknown) => log.warn('the transport is connected with the first track', error));
  }

  async #arrive(): Promise<void> {
    const { signal } = this.#end;
    const { to, remote, lookOut } = this.#options;
    const isThere = () => to.connected && remote.isAllOn(to);
    const arrived = lookOut.until(() => this.over || isThere());
    await within(unannouncedMs, arrived, signal);
    if (!this.over && !isThere()) void remote.receiveAgain({ all: true });
    await within(arrivingMs - unannouncedMs, arrived, signal);
    if (!this.over) this.#tell();
  }

  /** Of a planned move the media node ends the old transports when everybody has followed. */
  async #sendOn(): Promise<void> {
    const { media, lookOut } = this.#options;
    const ended = lookOut.until(() => this.over || !this.planned || !media.olderSends);
    await within(sendingOnMs, ended, this.#end.signal);
    this.abandon();
  }

  #tell(): void {
    const { to, from, remote, ask } = this.#options;
    const { generation, mediaNodeId } = to;
    const gaps = remote.takeGaps();
    log.info('media moved', { generation, mediaNodeId, ...gaps });
    // The same generation with new transports is a repair that nobody waits for.
    if (generation === from) return;
    ask('moveDone', { generation, ...gaps }, { media: true }).catch((error: unknown) =>
      log.warn('the end of a move could not be told', error),
    );
  }
}
