import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { watchForeign } from './foreign-process.js';
import { ProcessError } from './process-error.js';
import { readStartTime, signalGroup } from './process-identity.js';
import { isAlive, readRecords, removeRecord, writeRecord } from './process-record.js';
import type { LaunchedProcess, ProcessExit, ProcessSpec, StopOptions, StopSignal } from './process-spec.js';
import { tethered } from './tether.js';

/** Where a {@link ProcessProvider} keeps its files. */
export interface ProcessProviderOptions {
  /** Folder of the process records, which outlive the launcher. */
  runDir: string;
  /** Folder of the log files. */
  logsDir: string;
}

interface Entry {
  launched: LaunchedProcess;
  stopSignal: StopSignal;
  /** Signals the process alone. No error when it is gone. */
  send: (signal: NodeJS.Signals) => void;
  exited: Promise<ProcessExit>;
  stopping: boolean;
}

type ExitStatus = Pick<ProcessExit, 'code' | 'signal'>;

/**
 * Launches processes on this machine, each in a process group of its own with its output in a file.
 *
 * They end with the process that launched them, unless their spec says otherwise, also when that one is killed: the
 * kernel then sends them a signal. What is still left is found by its record: `adopt` takes it over, `stopLeftovers`
 * ends it.
 */
export class ProcessProvider {
  readonly #options: ProcessProviderOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(exit: ProcessExit) => void>();
  #abandoned = new AbortController();

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
    const { name, labels, stopSignal = 'SIGTERM' } = spec;
    const startTime = readStartTime(pid) ?? '';
    writeRecord(this.#options.runDir, { name, pid, logFile, stopSignal, startTime, labels: { ...labels } });
    const ended = new Promise<ExitStatus>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const send = (signal: NodeJS.Signals): boolean => child.kill(signal);
    return this.#enter({ launched: { name, pid, labels, logFile }, stopSignal, send }, ended);
  }

  /**
   * Takes over what somebody else launched in this run folder and still runs, as if it had been launched here. How it
   * ends stays unknown; that it ended is noticed within a moment.
   *
   * @returns The processes that were taken over by this call.
   */
  adopt(names: readonly string[]): LaunchedProcess[] {
    const found = readRecords(this.#options.runDir).filter(
      ({ name, alive }) => alive && names.includes(name) && !this.#entries.has(name),
    );
    return found.map((record) => {
      const { name, pid, labels, logFile, stopSignal } = record;
      const ended = watchForeign(record, this.#abandoned.signal);
      const send = (signal: NodeJS.Signals): boolean => isAlive(record) && process.kill(pid, signal);
      return this.#enter({ launched: { name, pid, labels, logFile }, stopSignal, send }, ended);
    });
  }

  /** Lets everything run on and watches nothing any more: somebody else takes over. */
  abandon(): void {
    this.#abandoned.abort();
    this.#abandoned = new AbortController();
    this.#entries.clear();
  }

  /** Sends a process a signal and doesn't wait. False when no process of that name runs. */
  signal(name: string, signal: NodeJS.Signals): boolean {
    const entry = this.#entries.get(name);
    entry?.send(signal);
    return entry !== undefined;
  }

  /** Kills a whole process group, frozen or not, and doesn't wait. False when no process of that name runs. */
  kill(name: string): boolean {
    const entry = this.#entries.get(name);
    return entry !== undefined && signalGroup(entry.launched.pid, 'SIGKILL');
  }

  /**
   * Ends a process: the signal goes to the process, after the deadline SIGKILL to its whole group. Resolves when it
   * has exited; undefined when no process of that name runs.
   */
  async stop(name: string, { signal, deadlineMs }: StopOptions): Promise<ProcessExit | undefined> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    entry.stopping = true;
    const { pid } = entry.launched;
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), deadlineMs);
    entry.send(signal ?? entry.stopSignal);
    // A frozen process acts on the signal only once it runs again.
    entry.send('SIGCONT');
    const exit = await entry.exited;
    clearTimeout(timer);
    this.forget(name);
    return exit;
  }

  /** Removes the record of a process that ended. */
  forget(name: string): void {
    if (!this.#entries.has(name)) removeRecord(this.#options.runDir, name);
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

  #enter(
    { launched, stopSignal, send }: Pick<Entry, 'launched' | 'stopSignal' | 'send'>,
    ended: Promise<ExitStatus>,
  ): LaunchedProcess {
    const exited = ended.then((status) => this.#onEnd(launched, status));
    this.#entries.set(launched.name, { launched, stopSignal, send, exited, stopping: false });
    return launched;
  }

  #onEnd({ name, pid }: LaunchedProcess, status: ExitStatus): ProcessExit {
    // Whatever the process had started itself goes with it.
    signalGroup(pid, 'SIGKILL');
    const entry = this.#entries.get(name);
    const exit: ProcessExit = { name, pid, ...status, expected: entry?.stopping ?? false };
    // Nobody is told of a process that was abandoned.
    if (entry?.launched.pid !== pid) return exit;
    this.#entries.delete(name);
    for (const listener of this.#listeners) listener(exit);
    return exit;
  }
}

function notStarted(spec: ProcessSpec, child: ChildProcess): Promise<ProcessError> {
  return new Promise((resolve) => {
    child.once('error', (cause) => {
      resolve(new ProcessError('NOT_STARTED', `${spec.name} can't be started: ${cause.message}`, { cause }));
    });
  });
}
