import type { Direction } from '@evercall/protocol';
import type { LinkState } from '../media/ice-restarter.js';
import { ExceptionEvent, ExceptionEventName } from './events.js';
import type { Session } from './session.js';

export interface LinkExceptionsOptions {
  session: Session;
  /** Milliseconds that a transport may be disconnected before it is told. */
  patienceMs: () => number;
  emit: (event: ExceptionEvent) => void;
}

/** Tells the application of transports that are down for longer; repairing them is somebody else's work. */
export class LinkExceptions {
  readonly #options: LinkExceptionsOptions;
  readonly #timers = new Map<Direction, ReturnType<typeof setTimeout>>();

  constructor(options: LinkExceptionsOptions) {
    this.#options = options;
  }

  changed(direction: Direction, state: LinkState): void {
    if (state === 'connecting' || this.#timers.has(direction) === (state === 'disconnected')) return;
    this.#stop(direction);
    if (state !== 'disconnected') return;
    const tell = () => this.#tell(ExceptionEventName.ICE_CONNECTION_DISCONNECTED, direction);
    this.#timers.set(direction, setTimeout(tell, this.#options.patienceMs()));
  }

  failed(direction: Direction): void {
    this.#tell(ExceptionEventName.ICE_CONNECTION_FAILED, direction);
  }

  close(): void {
    for (const direction of ['send', 'recv'] as const) this.#stop(direction);
  }

  #stop(direction: Direction): void {
    clearTimeout(this.#timers.get(direction));
    this.#timers.delete(direction);
  }

  #tell(name: ExceptionEventName, direction: Direction): void {
    const { session } = this.#options;
    const way = direction === 'send' ? 'sending' : 'receiving';
    const message = `The transport for ${way} media is down; restarting it goes on`;
    this.#options.emit(
      new ExceptionEvent({
        type: 'exception',
        target: session,
        name,
        message,
        origin: session,
        data: { direction },
      }),
    );
  }
}
