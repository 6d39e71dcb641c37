import pino, { type Logger } from 'pino';

/** Injection token of the process's logger (JSON lines on standard output). */
export const LOGGER = Symbol('LOGGER');

/** @param node id and name of this master, on every line */
export function createLogger(level: string, node: { nodeId: string; nodeName: string }): Logger {
  return pino({
    level,
    base: { pid: process.pid, ...node },
    redact: { paths: ['token', '*.token', 'resumeToken', 'secret', 'authorization'], censor: '[secret]' },
  });
}
