import { ConnectionId, limits, type Params } from '@evercall/protocol';
import { OpenViduError, OpenViduErrorName } from './openvidu-error.js';
import type { SignalOptions } from './properties.js';

const encoder = new TextEncoder();

/** Stops an application's mistake before it travels. */
export function check(condition: boolean, name: OpenViduErrorName, message: string): asserts condition {
  if (!condition) throw new OpenViduError(name, message);
}

/**
 * Client data as the cluster keeps it.
 * @throws {OpenViduError} `GENERIC_ERROR`: larger than 64 kB
 */
export function checkClientData(metadata: unknown): string {
  const text =
    typeof metadata === 'string' ? metadata : metadata === undefined ? '' : JSON.stringify(metadata);
  checkBytes(text, limits.connectionData, 'The metadata of the connection');
  return text;
}

/**
 * A signal as the cluster takes it.
 * @throws {OpenViduError} `GENERIC_ERROR`: too large, or a receiver that is no connection
 */
export function checkSignal(signal: SignalOptions): Params<'signal'> {
  const type = signal.type ?? '';
  const data = signal.data ?? '';
  checkBytes(data, limits.signalData, 'The data of a signal');
  check(
    type.length <= limits.signalType,
    OpenViduErrorName.GENERIC_ERROR,
    `The type of a signal must not be longer than ${limits.signalType} characters`,
  );
  const to = (signal.to ?? []).map((receiver) => {
    const parsed = ConnectionId.safeParse(receiver.connectionId);
    check(parsed.success, OpenViduErrorName.GENERIC_ERROR, `'${receiver.connectionId}' is no connection`);
    return parsed.data;
  });
  return { type, data, to };
}

function checkBytes(text: string, limit: number, what: string): void {
  const bytes = encoder.encode(text).length;
  check(
    bytes <= limit,
    OpenViduErrorName.GENERIC_ERROR,
    `${what} must not be larger than ${limit} bytes, not ${bytes}`,
  );
}
