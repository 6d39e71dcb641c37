import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A line that a process of the cluster logged. */
export interface LogLine {
  /** Name of the process. */
  name: string;
  /** Milliseconds since 1970. */
  time: number;
  message: string;
  fields: Record<string, unknown>;
}

/** Sizes of the logs at some moment. */
export type LogMark = ReadonlyMap<string, number>;

/** The JSON logs of all processes of a cluster. */
export class ClusterLogs {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Where the logs end now. */
  mark(): LogMark {
    return new Map(this.#names().map((name) => [name, statSync(this.#file(name)).size]));
  }

  /** What was logged since then, oldest first. A process that was started since then began its log anew. */
  since(mark: LogMark, names = this.#names()): LogLine[] {
    return names
      .flatMap((name) => this.#read(name, mark.get(name) ?? 0))
      .toSorted((one, other) => one.time - other.time);
  }

  /** The whole log of a process, whatever its form. */
  text(name: string): string {
    return existsSync(this.#file(name)) ? readFileSync(this.#file(name), 'utf8') : '';
  }

  #read(name: string, from: number): LogLine[] {
    const content = readFileSync(this.#file(name));
    const text = content.subarray(content.length < from ? 0 : from).toString();
    return text.split('\n').flatMap((line) => parseLine(name, line));
  }

  #names(): string[] {
    if (!existsSync(this.#dir)) return [];
    return readdirSync(this.#dir).map((file) => file.replace(/\.log$/, ''));
  }

  #file(name: string): string {
    return join(this.#dir, `${name}.log`);
  }
}

function parseLine(name: string, line: string): LogLine[] {
  if (!line.startsWith('{')) return [];
  try {
    const fields = JSON.parse(line) as Record<string, unknown>;
    const { time, msg } = fields;
    return [
      {
        name,
        time: typeof time === 'number' ? time : Date.parse(String(time)),
        message: typeof msg === 'string' ? msg : '',
        fields,
      },
    ];
  } catch {
    // Cut off: its process was killed while it wrote.
    return [];
  }
}
