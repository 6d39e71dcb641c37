/** Where lines go; in practice stdout. */
export interface LineOutput {
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Writes lines to a stream, no faster than it takes them. */
export class LineWriter {
  readonly #output: LineOutput;

  constructor(output: LineOutput) {
    this.#output = output;
    // The error reaches the callback of the write; without a listener it would end the process as well.
    output.on('error', () => undefined);
  }

  /** Returns false when nobody reads any more, as after `| head`. @throws Error when the stream fails otherwise */
  async write(line: string): Promise<boolean> {
    const error = await new Promise<Error | null | undefined>((resolve) => {
      this.#output.write(line.endsWith('\n') ? line : `${line}\n`, resolve);
    });
    if (!error) return true;
    if ('code' in error && error.code === 'EPIPE') return false;
    throw error;
  }
}
