import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { RestError } from './rest-error.js';

/**
 * A request's JSON body; `undefined` if it has none, whatever type it claims: OpenVidu's clients send empty forms.
 *
 * @throws RestError 415 for a body of another type. Taking it for a missing one would carry out the request with
 * the defaults instead of what was asked.
 */
export function readJsonBody(request: Request): unknown {
  if (request.is('json')) return request.body;
  const { headers } = request;
  const isForm = Boolean(request.is('urlencoded'));
  const isEmpty = isForm
    ? Object.keys(request.body ?? {}).length === 0
    : Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined;
  if (isEmpty) return undefined;
  throw new RestError(415, 'Content-Type: must be application/json');
}

/** Gives a handler the request's JSON body, unparsed by any schema. */
export const JsonBody = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  readJsonBody(context.switchToHttp().getRequest<Request>()),
);
