/** A process to launch. */
export interface ProcessSpec {
  /** Unique among the processes of one run folder; also names the log file. */
  name: string;
  /** Program: a full path, or a name to be found on PATH. */
  command: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment of the process. */
  env: NodeJS.ProcessEnv;
  /** Facts that whoever lists the processes wants to know, such as role and address. Never a secret: they are stored. */
  labels: Readonly<Record<string, string>>;
  /** What ends it quickly and in order. Default SIGTERM. */
  stopSignal?: StopSignal;
  /** What the kernel sends it when the one who launched it ends. Default SIGTERM; null: it runs on. */
  onLauncherEnd?: StopSignal | null;
}

/** Signals that ask a process to end. */
export type StopSignal = 'SIGTERM' | 'SIGINT';

/** A process that was launched and hasn't exited. */
export interface LaunchedProcess {
  readonly name: string;
  /** Also the id of its process group. */
  readonly pid: number;
  readonly labels: Readonly<Record<string, string>>;
  /** File that holds what it writes to stdout and stderr, from its start. */
  readonly logFile: string;
}

/** How a process ended. */
export interface ProcessExit {
  readonly name: string;
  readonly pid: number;
  /** null: killed by a signal, or unknown, for a process that somebody else had launched. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether `stop` had been asked for. */
  readonly expected: boolean;
}

/** How a process is asked to end. */
export interface StopOptions {
  /** Default: the signal that its spec names. */
  signal?: NodeJS.Signals;
  /** Milliseconds after which the whole process group is killed. */
  deadlineMs: number;
}
