import type { ErrorCode } from '@evercall/protocol';
import { RequestDroppedError, SignalError } from '../signal/signal-error.js';
import { OpenViduError, OpenViduErrorName } from './openvidu-error.js';

/** What a master answers, where OpenVidu has a name for it. */
const names: Partial<Record<ErrorCode, OpenViduErrorName>> = {
  PERMISSION_DENIED: OpenViduErrorName.OPENVIDU_PERMISSION_DENIED,
  NOT_CONNECTED: OpenViduErrorName.OPENVIDU_NOT_CONNECTED,
  CONNECTION_ENDED: OpenViduErrorName.OPENVIDU_NOT_CONNECTED,
};

/** The error that an application gets for whatever went wrong underneath. */
export function toOpenViduError(error: unknown): OpenViduError {
  if (error instanceof OpenViduError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof SignalError ? error.code : undefined;
  return new OpenViduError(nameOf(error), message, { code, cause: error });
}

function nameOf(error: unknown): OpenViduErrorName {
  if (error instanceof RequestDroppedError) return OpenViduErrorName.OPENVIDU_NOT_CONNECTED;
  if (error instanceof SignalError) {
    return names[error.code] ?? OpenViduErrorName.GENERIC_ERROR;
  }
  // mediasoup-client's own name for a browser or a codec that it can't work with.
  const unsupported =
    error instanceof Error && (error.name === 'UnsupportedError' || error instanceof TypeError);
  return unsupported ? OpenViduErrorName.BROWSER_NOT_SUPPORTED : OpenViduErrorName.GENERIC_ERROR;
}
