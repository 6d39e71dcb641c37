import { EvercallError } from '@evercall/server-sdk';
import { HttpException } from '@nestjs/common';
import {
  PrismaClientInitializationError,
  PrismaClientKnownRequestError,
} from '../generated/internal/prismaNamespace.js';
import { ApiError, type ApiErrorCode } from './api-error.js';

/** What the Prisma client reports when the database is away, slow or restarting. */
const databaseAway: ReadonlySet<string> = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
]);

const codesOfStatus: Readonly<Record<number, ApiErrorCode>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
};

/** The one place where an error of any origin becomes what the caller is told. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof EvercallError) return fromPlatform(error);
  if (isDatabaseAway(error)) {
    return new ApiError('DATABASE_UNAVAILABLE', 'the database does not answer; try again', { cause: error });
  }
  if (error instanceof HttpException) {
    const code = codesOfStatus[error.getStatus()];
    if (code) return new ApiError(code, error.message, { cause: error });
  }
  return new ApiError('INTERNAL', 'something went wrong here', { cause: error });
}

function fromPlatform(error: EvercallError): ApiError {
  if (error.code === 'unavailable' || error.code === 'timeout' || error.code === 'unreachable') {
    return new ApiError('PLATFORM_UNAVAILABLE', 'the video platform does not answer; try again', {
      cause: error,
    });
  }
  const message =
    error.code === 'unauthorized'
      ? 'the video platform refused this application: OPENVIDU_SECRET is wrong'
      : `the video platform refused: ${error.message}`;
  return new ApiError('PLATFORM_REFUSED', message, { cause: error });
}

function isDatabaseAway(error: unknown): boolean {
  if (error instanceof PrismaClientInitializationError) return true;
  return error instanceof PrismaClientKnownRequestError && databaseAway.has(error.code);
}
