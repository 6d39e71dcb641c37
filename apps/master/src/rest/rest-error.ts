/** What an error's answer may carry beside its status and message. */
export interface RestErrorDetails {
  headers?: Record<string, string>;
  /** Dotted path of the wrong parameter, or the name of a header. */
  field?: string;
  /** Code for what a status alone doesn't tell. */
  code?: string;
}

/** An answer that isn't a success. Without a message its body is empty (contract 1.0). */
export class RestError extends Error {
  readonly status: number;
  readonly details: RestErrorDetails;

  constructor(status: number, message = '', details: RestErrorDetails = {}) {
    super(message);
    this.name = 'RestError';
    this.status = status;
    this.details = details;
  }
}
