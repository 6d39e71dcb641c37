import type { MediaErrorCode, MediaWireError } from '@evercall/media-protocol';

/** What a refusal may add to its code and sentence. */
export interface MediaErrorDetails {
  /** Path of the wrong field in the command's parameters. */
  field?: string;
  cause?: unknown;
}

/** A command that is refused, with the code that its master gets. */
export class MediaError extends Error {
  readonly code: MediaErrorCode;
  readonly field: string | undefined;

  constructor(code: MediaErrorCode, message: string, { field, cause }: MediaErrorDetails = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'MediaError';
    this.code = code;
    this.field = field;
  }

  toWire(): MediaWireError {
    const { code, message, field } = this;
    return field === undefined ? { code, message } : { code, message, field };
  }
}
