import { type FileHandle, open } from 'node:fs/promises';

const CHUNK_BYTES = 64 * 1024;
/** A log line has a time and a pid: this much of another start's log is never the same. */
const MARK_BYTES = 256;
const newline = 0x0a;

/**
 * Reads the log file of one process line by line, and goes on with the file of its next start.
 *
 * A start empties the file and writes from its beginning, so neither name nor inode tell of it, and the size doesn't
 * once the new log is longer than the old one. What tells are the bytes before the place that was read last.
 */
export class LogReader {
  readonly #path: string;
  #offset = 0;
  #mark: Buffer = Buffer.alloc(0);
  #rest: Buffer = Buffer.alloc(0);

  /** @param path - The file; it need not exist yet. */
  constructor(path: string) {
    this.#path = path;
  }

  /** The whole lines that came since the last call, without their line ends. Nothing while the file is missing. */
  async *lines(): AsyncGenerator<string> {
    const file = await openIfThere(this.#path);
    if (file === undefined) return;
    try {
      for (;;) {
        const known = this.#mark.length;
        // What tells and what is new come in one read: a start in between would go unnoticed.
        const all = await readAt(file, { offset: this.#offset - known, length: known + CHUNK_BYTES });
        if (all.subarray(0, known).equals(this.#mark)) {
          const bytes = all.subarray(known);
          if (bytes.length === 0) return;
          this.#offset += bytes.length;
          this.#mark = Buffer.from(all.subarray(-MARK_BYTES));
          yield* this.#take(bytes);
        } else {
          yield* this.end();
          this.#offset = 0;
          this.#mark = Buffer.alloc(0);
        }
      }
    } finally {
      await file.close();
    }
  }

  /** The last line, if it was never ended: what a killed process was about to write. */
  *end(): Generator<string> {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    if (rest.length > 0) yield rest.toString('utf8');
  }

  *#take(bytes: Buffer): Generator<string> {
    const all = Buffer.concat([this.#rest, bytes]);
    let start = 0;
    for (let end = all.indexOf(newline); end !== -1; end = all.indexOf(newline, start)) {
      const line = all.subarray(start, end).toString('utf8');
      start = end + 1;
      this.#rest = all.subarray(start);
      yield line;
    }
    this.#rest = all.subarray(start);
  }
}

async function readAt(
  file: FileHandle,
  { offset, length }: { offset: number; length: number },
): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
