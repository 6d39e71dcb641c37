import { setTimeout as sleep } from 'node:timers/promises';
import {
  crashDelayMs,
  type LaunchedProcess,
  type ProcessExit,
  type ProcessProvider,
  type ProcessSpec,
} from '@evercall/fleet/process';
import { LaunchError } from '../system/launch-error.ts';

/** A process of the cluster that isn't a node. */
export interface Service {
  /** Made anew for each start, because what it says may have changed. */
  spec: () => Promise<ProcessSpec>;
  whenReady: (launched: LaunchedProcess) => Promise<void>;
}

/** What {@link Services} is made of. */
export interface ServicesOptions {
  provider: ProcessProvider;
  /** Whether a service that ends by itself is started again. */
  restart: boolean;
  /** Called with a sentence for people when a service has ended without having been asked to. */
  onUnexpectedExit: (sentence: string) => void;
}

const STOP_MS = 5000;
/** Milliseconds that a service must have run for its end not to count as another one of a loop. */
const RAN_WELL_MS = 5000;

/** The processes of a cluster that the launcher itself watches: one that ends is started again. */
export class Services {
  readonly #options: ServicesOptions;
  readonly #services = new Map<string, Service>();
  readonly #crashes = new Map<string, { count: number; startedAt: number }>();
  readonly #unsubscribe: () => void;
  #stopping = false;

  constructor(options: ServicesOptions) {
    this.#options = options;
    this.#unsubscribe = options.provider.onExit((exit) => void this.#onExit(exit));
  }

  /** Launches a service and waits until it is ready. @throws LaunchError */
  async start(service: Service): Promise<void> {
    const spec = await service.spec();
    if (this.#stopping) throw new LaunchError('PROCESS_EXITED', `${spec.name} isn't needed any more`);
    this.#services.set(spec.name, service);
    const count = this.#crashes.get(spec.name)?.count ?? 0;
    this.#crashes.set(spec.name, { count, startedAt: performance.now() });
    const launched = await this.#options.provider.launch(spec);
    await service.whenReady(launched);
  }

  /**
   * Ends a service, does something, and starts it again.
   *
   * @throws LaunchError when it doesn't come up
   */
  async restart(
    name: string,
    { signal, meanwhile }: { signal?: NodeJS.Signals | undefined; meanwhile?: () => Promise<void> },
  ): Promise<void> {
    const service = this.#services.get(name);
    if (!service) throw new RangeError(`there is no service ${name}`);
    const { provider } = this.#options;
    await provider.stop(name, { deadlineMs: STOP_MS, ...(signal ? { signal } : {}) });
    await meanwhile?.();
    await this.start(service);
  }

  /** Ends these services; from now on nothing is started any more. */
  async stop(names: readonly string[]): Promise<void> {
    this.#stopping = true;
    await Promise.all(names.map((name) => this.#options.provider.stop(name, { deadlineMs: STOP_MS })));
  }

  /** Nothing is started again, whatever ends. */
  giveUp(): void {
    this.#stopping = true;
    this.#unsubscribe();
  }

  async #onExit({ name, code, signal, expected }: ProcessExit): Promise<void> {
    const service = this.#services.get(name);
    if (expected || this.#stopping || !service) return;
    const { restart, onUnexpectedExit } = this.#options;
    const what = `${name} exited (${signal ?? `code ${code}`})`;
    onUnexpectedExit(restart ? `${what} and is started again` : `${what} and isn't started again`);
    if (!restart) return;
    await sleep(this.#delayMs(name));
    try {
      await this.start(service);
    } catch (error) {
      if (!(error instanceof Error) || this.#stopping) return;
      onUnexpectedExit(error.message);
    }
  }

  #delayMs(name: string): number {
    const { count, startedAt } = this.#crashes.get(name) ?? { count: 0, startedAt: 0 };
    const crashes = performance.now() - startedAt > RAN_WELL_MS ? 1 : count + 1;
    this.#crashes.set(name, { count: crashes, startedAt });
    return crashDelayMs(crashes, Math.random());
  }
}
