import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ProcessError } from './process-error.js';
import { readStartTime, signalGroup } from './process-identity.js';
import { removeRecord, writeRecord } from './process-record.js';
import type { LaunchedProcess, ProcessExit, ProcessSpec, StopOptions } from './process-spec.js';

/** Where a {@link ProcessProvider} keeps its files. */
export interface ProcessProviderOptions {
  /** Folder of the process records, which outlive the launcher. */
  runDir: string;
  /** Folder of the log files. */
  logsDir: string;
}

interface Entry {
  launched: LaunchedProcess;
  child: ChildProcess;
  exited: Promise<ProcessExit>;
  stopping: boolean;
}

/**
 * Launches processes on this machine, each in a process group of its own with its output in a file.
 *
 * They end with the process that launched them, also when that one is killed: the kernel then sends them SIGTERM.
 * What is still left is found by its record and ended with `stopLeftovers`.
 */
export class ProcessProvider {
  readonly #options: ProcessProviderOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(exit: ProcessExit) => void>();

  constructor(options: ProcessProviderOptions) {
    this.#options = options;
  }

  /**
   * Starts a process. That it runs doesn't mean that it is ready.
   *
   * @throws ProcessError `NAME_TAKEN` when one with this name runs, `NOT_STARTED` when the program can't be started.
   */
  async launch(spec: ProcessSpec): Promise<LaunchedProcess> {
    if (this.#entries.has(spec.name)) {
      throw new ProcessError('NAME_TAKEN', `a process named ${spec.name} is running already`);
    }
    const logFile = join(this.#options.logsDir, `${spec.name}.log`);
    const child = this.#spawn(spec, logFile);
    const { pid } = child;
    if (pid === undefined) throw await notStarted(spec, child);
    const launched: LaunchedProcess = { name: spec.name, pid, labels: spec.labels, logFile };
    const startTime = readStartTime(pid) ?? '';
    writeRecord(this.#options.runDir, { ...launched, labels: { ...spec.labels }, startTime });
    const exited = new Promise<ProcessExit>((resolve) => {
      child.once('exit', (code, signal) => resolve(this.#onChildExit({ launched, code, signal })));
    });
    this.#entries.set(spec.name, { launched, child, exited, stopping: false });
    return launched;
  }

  /**
   * Ends a process: the signal goes to the process, after the deadline SIGKILL to its whole group. Resolves when it
   * has exited; undefined when no process of that name runs.
   */
  async stop(
    name: string,
    { signal = 'SIGTERM', deadlineMs }: StopOptions,
  ): Promise<ProcessExit | undefined> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    entry.stopping = true;
    const { pid } = entry.launched;
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), deadlineMs);
    entry.child.kill(signal);
    // A frozen process acts on the signal only once it runs again.
    entry.child.kill('SIGCONT');
    const exit = await entry.exited;
    clearTimeout(timer);
    removeRecord(this.#options.runDir, name);
    return exit;
  }

  /** The processes that run, in the order of their launch. */
  list(): LaunchedProcess[] {
    return [...this.#entries.values()].map(({ launched }) => launched);
  }

  /** Calls the listener at each exit, asked for or not. Returns the function that ends this. */
  onExit(listener: (exit: ProcessExit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #spawn(spec: ProcessSpec, logFile: string): ChildProcess {
    mkdirSync(this.#options.logsDir, { recursive: true });
    // The process writes to the file itself: nothing is lost and nothing blocks when the launcher is away.
    const log = openSync(logFile, 'w');
    try {
      const { command, args } = tethered(spec);
      return spawn(command, args, {
        cwd: spec.cwd,
        env: spec.env,
        stdio: ['ignore', log, log],
        detached: true,
      });
    } finally {
      closeSync(log);
    }
  }

  #onChildExit(ended: {
    launched: LaunchedProcess;
    code: number | null;
    signal: NodeJS.Signals | null;
  }): ProcessExit {
    const { name, pid } = ended.launched;
    // Whatever the process had started itself goes with it.
    signalGroup(pid, 'SIGKILL');
    const expected = this.#entries.get(name)?.stopping ?? false;
    this.#entries.delete(name);
    const exit: ProcessExit = { name, pid, code: ended.code, signal: ended.signal, expected };
    for (const listener of this.#listeners) listener(exit);
    return exit;
  }
}

/** Has the kernel send the process SIGTERM when the launcher ends, where util-linux offers that. */
function tethered({ name, command, args }: ProcessSpec): { command: string; args: readonly string[] } {
  const program = findOnPath(command);
  if (program === undefined) {
    throw new ProcessError('NOT_STARTED', `${name} can't be started: no ${command} here`);
  }
  const setpriv = findOnPath('setpriv');
  if (setpriv === undefined) return { command: program, args };
  return { command: setpriv, args: ['--pdeathsig', 'TERM', '--', program, ...args] };
}

function findOnPath(command: string): string | undefined {
  if (command.includes('/')) return existsSync(command) ? command : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, command)).find((file) => existsSync(file));
}

function notStarted(spec: ProcessSpec, child: ChildProcess): Promise<ProcessError> {
  return new Promise((resolve) => {
    child.once('error', (cause) => {
      resolve(new ProcessError('NOT_STARTED', `${spec.name} can't be started: ${cause.message}`, { cause }));
    });
  });
}
