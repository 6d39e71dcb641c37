/** An answer that isn't a success. Without a message its body is empty (contract 1.0). */
export class RestError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message = '', headers: Record<string, string> = {}) {
    super(message);
    this.name = 'RestError';
    this.status = status;
    this.headers = headers;
  }
}
