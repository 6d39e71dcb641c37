import { ClusterError } from '../errors.js';
import type { NodeRegistry } from '../nodes/node-registry.js';
import { Wakefulness } from './domain/wakefulness.js';

const tickMs = 250;
/** Milliseconds of sleep after which a node may have been declared lost. */
const longestMs = 1000;

/** Keeps a node that slept from acting before it knows that it wasn't declared lost. */
export class Awake {
  readonly #registry: NodeRegistry;
  readonly #nodeId: string;
  readonly #onLost: () => void;
  readonly #wakefulness = new Wakefulness(longestMs, performance.now());
  readonly #timer: NodeJS.Timeout;
  #asking: Promise<void> | undefined;

  /** @param options `onLost`: called when this node finds that it was declared lost; it must end its work and exit */
  constructor(registry: NodeRegistry, { nodeId, onLost }: { nodeId: string; onLost: () => void }) {
    this.#registry = registry;
    this.#nodeId = nodeId;
    this.#onLost = onLost;
    this.#timer = setInterval(() => this.#wakefulness.tick(performance.now()), tickMs).unref();
  }

  /**
   * To be awaited before anything is done to what may belong to others by now. Costs nothing unless the process slept.
   *
   * @throws ClusterError `NODE_LOST`; `STATE_UNAVAILABLE`: it slept, and nobody can say
   */
  async beforeActing(): Promise<void> {
    if (!this.#wakefulness.hasSlept(performance.now())) return;
    // One question for all who wait: they go on in the order in which they came.
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    await this.#asking;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    if (await this.#registry.isLost(this.#nodeId)) {
      this.#onLost();
      throw new ClusterError('NODE_LOST', `${this.#nodeId} was declared lost while it slept`);
    }
    this.#wakefulness.cleared(performance.now());
  }
}
