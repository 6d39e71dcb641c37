import type { MediaSetup } from '@evercall/protocol';
import { log } from '../log.js';
import type { MediaSession } from '../media/media-session.js';
import type { Restoring } from '../signal/restoring.js';
import { Move, type MoveOptions } from './move.js';
import { within } from './within.js';

/** Milliseconds that new transports get on after a planned move left them without a connection. */
const lateConnectionMs = 10_000;

export interface MediaMovesOptions
  extends Pick<MoveOptions, 'media' | 'local' | 'remote' | 'lookOut' | 'ask'> {
  create: (setup: MediaSetup) => MediaSession;
  /** Gives up the requests that speak of the old transports; whoever waits for them asks again about the new ones. */
  dropRequests: () => void;
  /** The application must hear that media is interrupted, until it is back. */
  interrupt: (restoring: Restoring) => void;
}

/** Media is gone and nobody knows yet where it goes on. */
const waiting: Restoring = {
  gate: 'plain',
  asked: new Promise(() => undefined),
  done: new Promise(() => undefined),
};

/** Takes a connection's media from one set of transports to the next, however often. */
export class MediaMoves {
  readonly #options: MediaMovesOptions;
  readonly #end = new AbortController();
  #move: Move | undefined;
  /** The transports whose media node is gone. */
  #lost: MediaSession | undefined;

  constructor(options: MediaMovesOptions) {
    this.#options = options;
    options.remote.onSwapped = () => this.#closeUnused();
  }

  /** What the connection has to wait for: for new transports, or for everything to run over them. */
  get restoring(): Restoring | undefined {
    if (this.#lost && this.#lost === this.#options.media.known) return waiting;
    return this.#move && !this.#move.over && !this.#move.planned ? this.#move.restoring : undefined;
  }

  /** A master says where media is now. */
  moved(setup: MediaSetup, planned: boolean): void {
    // Told late: another master, or a resume, has told of a later move already.
    if (setup.generation < this.#options.media.session.generation) return;
    const interrupted = !planned || this.restoring !== undefined;
    const from = this.replace(setup, planned);
    const restoring = this.start(from, !interrupted);
    if (interrupted) this.#options.interrupt(restoring);
  }

  /** A master says that media is gone for now. */
  lost(generation: number): void {
    const { media, remote } = this.#options;
    if (generation < media.session.generation) return;
    this.#lost = media.session;
    this.#lost.retire();
    this.#move?.abandon();
    remote.interrupted();
    this.#options.interrupt(waiting);
  }

  /**
   * Puts new transports in the place of the old ones.
   * @param planned the old ones still carry media
   * @returns the generation before
   */
  replace(setup: MediaSetup, planned: boolean): number {
    const { media, remote, create, dropRequests } = this.#options;
    const from = media.session.generation;
    this.#move?.abandon();
    remote.interrupted();
    media.replace(create(setup));
    if (!planned) {
      media.closeOlderSending();
      dropRequests();
    }
    return from;
  }

  /** Publishes and receives everything again over the transports that were put in place. */
  start(from: number, planned: boolean): Restoring {
    const { media } = this.#options;
    const move = new Move({ ...this.#options, from, planned, to: media.session });
    this.#move = move;
    const { generation, mediaNodeId } = media.session;
    log.info('media moves', { generation, mediaNodeId, planned });
    void move.restoring.done.then(() => this.#arrived(move));
    void move.ended.then(() => this.#closeUnused());
    return move.restoring;
  }

  /** The new transports of a planned move can't be had: it is none that nobody notices any more. */
  failed(): void {
    const move = this.#move;
    if (!move?.planned || move.over) return;
    move.planned = false;
    this.#options.interrupt(move.restoring);
  }

  close(): void {
    this.#end.abort();
    this.#move?.abandon();
  }

  #arrived(move: Move): void {
    if (this.#move !== move) return;
    const { media, lookOut, interrupt } = this.#options;
    const to = media.known;
    if (!move.planned || !to || to.connected) return;
    const connected = lookOut.until(() => to.connected || to !== media.known);
    const done = within(lateConnectionMs, connected, this.#end.signal);
    interrupt({ gate: 'open', asked: Promise.resolve(), done });
  }

  /** While a move goes on, what came before may still be needed for sending. */
  #closeUnused(): void {
    const { media, remote } = this.#options;
    if (this.#move && !this.#move.over) return;
    media.closeOlder((session) => remote.isShown(session));
  }
}
