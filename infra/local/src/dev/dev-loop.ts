import type { Compiler } from './compiler.ts';
import { affectedBy, type WorkspacePackage } from './workspace.ts';

/** What the loop is made of. */
export interface DevLoopOptions {
  workspace: readonly WorkspacePackage[];
  compiler: Pick<Compiler, 'compile'>;
  /** Exchanges what runs of an app, one process after the other; rejects if one doesn't come back. */
  restart: (app: string) => Promise<void>;
  /** Told to people. */
  say: (text: string) => void;
  /** Milliseconds that only go forward. */
  now?: () => number;
}

/**
 * Takes changes of sources to what runs: compiles what changed and what uses it, then restarts the apps among them. One change after
 * the other; what comes meanwhile waits and is taken together. An app with a mistake in it, or in what it uses, runs on as it was.
 */
export class DevLoop {
  readonly #options: DevLoopOptions;
  readonly #waiting = new Set<string>();
  /** What the compiler hasn't seen yet: its first time takes long. */
  #unseen: WorkspacePackage[] = [];
  #working: Promise<void> | undefined;

  constructor(options: DevLoopOptions) {
    this.#options = options;
  }

  /** Shows everything to the compiler, so that the first change is taken as fast as the others. Changes come first. */
  async warmUp(): Promise<void> {
    const { workspace } = this.#options;
    this.#unseen = affectedBy(new Set(workspace.map(({ name }) => name)), workspace);
    await this.#begin();
  }

  /** Notes that packages have changed. Resolves when nothing is left to do. */
  async changed(names: Iterable<string>): Promise<void> {
    for (const name of names) this.#waiting.add(name);
    await this.#begin();
  }

  /** Nothing is begun any more. */
  stop(): void {
    this.#unseen = [];
    this.#waiting.clear();
  }

  async #begin(): Promise<void> {
    // Not before this is set: what is reported in the middle of the first step must find it.
    this.#working ??= Promise.resolve()
      .then(() => this.#work())
      .finally(() => {
        this.#working = undefined;
      });
    await this.#working;
  }

  async #work(): Promise<void> {
    for (;;) {
      const changed = new Set(this.#waiting);
      this.#waiting.clear();
      if (changed.size > 0) {
        await this.#take(changed);
        continue;
      }
      const unseen = this.#unseen.shift();
      if (!unseen) return;
      // A mistake in it is told when it is changed.
      await this.#options.compiler.compile(unseen);
    }
  }

  async #take(changed: ReadonlySet<string>): Promise<void> {
    const { workspace, say, now = () => performance.now() } = this.#options;
    const began = now();
    const compiled = await this.#compile(affectedBy(changed, workspace));
    const apps = compiled
      .filter(({ folder }) => folder.startsWith('apps/'))
      .map(({ folder }) => folder.slice(5));
    for (const app of apps) {
      // A change that came meanwhile is compiled first: one restart for both.
      if (this.#waiting.size > 0) {
        for (const name of compiled.map((one) => one.name)) this.#waiting.add(name);
        return;
      }
      try {
        await this.#options.restart(app);
        say(`${app}: the change runs (${((now() - began) / 1000).toFixed(1)} s)`);
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
  }

  /** @returns what could be compiled and uses nothing that couldn't */
  async #compile(packages: readonly WorkspacePackage[]): Promise<WorkspacePackage[]> {
    const broken = new Set<string>();
    const compiled: WorkspacePackage[] = [];
    for (const one of packages) {
      if (one.uses.some((used) => broken.has(used))) {
        broken.add(one.name);
        continue;
      }
      const wrong = await this.#options.compiler.compile(one);
      if (wrong === undefined) {
        compiled.push(one);
        continue;
      }
      broken.add(one.name);
      this.#options.say(`${one.folder} doesn't compile; what runs stays as it was:\n${wrong}`);
    }
    return compiled;
  }
}
