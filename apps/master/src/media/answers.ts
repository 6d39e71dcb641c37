import {
  type CommandAnswer,
  type CommandName,
  type CommandResult,
  commands,
  type MediaErrorCode,
  type MediaWireError,
} from '@evercall/media-protocol';
import type { ErrorCode } from '@evercall/protocol';
import { RequestError } from '../request-error.js';

const codes: Record<MediaErrorCode, ErrorCode> = {
  BAD_COMMAND: 'MEDIA_REFUSED',
  PARAMETERS_REFUSED: 'MEDIA_REFUSED',
  STREAM_UNKNOWN: 'STREAM_NOT_FOUND',
  CONSUMER_UNKNOWN: 'STREAM_NOT_FOUND',
  TRANSPORT_UNKNOWN: 'MEDIA_UNAVAILABLE',
  LEG_UNKNOWN: 'MEDIA_UNAVAILABLE',
  LEG_CLOSED: 'MEDIA_UNAVAILABLE',
  LEG_OUTDATED: 'MEDIA_UNAVAILABLE',
  WORKER_UNAVAILABLE: 'MEDIA_UNAVAILABLE',
  EXHAUSTED: 'NO_MEDIA_NODE',
  DRAINING: 'NO_MEDIA_NODE',
  PROTOCOL_UNSUPPORTED: 'INTERNAL',
  INTERNAL: 'INTERNAL',
};

function refusal({ code, message, field }: MediaWireError): RequestError {
  return new RequestError(codes[code], message, field ? { field } : {});
}

/**
 * The result of a command.
 *
 * @throws RequestError if the media node refused it, or didn't answer it
 */
export function resultOf<Name extends CommandName>(
  name: Name,
  answer: CommandAnswer | undefined,
): CommandResult<Name>;
export function resultOf(name: CommandName, answer: CommandAnswer | undefined): CommandResult<CommandName> {
  if (!answer) throw new RequestError('MEDIA_UNAVAILABLE', `the media node did not answer ${name}`);
  if (!answer.ok) throw refusal(answer.error);
  return commands[name].result.parse(answer.result);
}

/** @throws RequestError for the first refused command */
export function allOk(answers: CommandAnswer[]): void {
  for (const answer of answers) if (!answer.ok) throw refusal(answer.error);
}
