import { join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { WorkspacePackage } from './workspace.ts';

/** Milliseconds of quiet after a change: editors and git write several files in a row. */
const QUIET_MS = 60;

/** What is watched, and who is told. */
export interface SourceWatchOptions {
  /** Folder of the workspace. */
  root: string;
  workspace: readonly WorkspacePackage[];
  /** Called with the names of the packages that have changed. */
  onChange: (names: ReadonlySet<string>) => void;
}

/** Watches the sources of packages, and says which packages have changed. Tests are no sources. */
export class SourceWatch {
  readonly #options: SourceWatchOptions;
  readonly #watcher: FSWatcher;
  #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SourceWatchOptions) {
    this.#options = options;
    const { root, workspace } = options;
    const folders = workspace.map(({ folder }) => join(root, folder, 'src'));
    this.#watcher = watch(folders, {
      ignoreInitial: true,
      ignored: (path) => /\.test\.tsx?$/.test(path),
    });
    this.#watcher.on('all', (_event, path) => this.#note(path));
  }

  /** Resolves when every change from now on is noticed. */
  async ready(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#watcher.once('ready', resolve);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#watcher.close();
  }

  #note(path: string): void {
    const { root, workspace, onChange } = this.#options;
    const at = relative(root, path).split(sep).join('/');
    const found = workspace.find(({ folder }) => at.startsWith(`${folder}/`));
    if (!found) return;
    this.#changed.add(found.name);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const changed = this.#changed;
      this.#changed = new Set();
      onChange(changed);
    }, QUIET_MS);
  }
}
