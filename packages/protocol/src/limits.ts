/** Sizes that both ends enforce, in bytes unless named otherwise. */
export const limits = {
  /** One message on a client socket; a larger one ends the socket. */
  message: 1_000_000,
  /** `data` of a signal. */
  signalData: 64 * 1024,
  /** Data of an event of the application, as JSON, in characters. */
  appEventData: 16 * 1024,
  /** `type` of a signal, in characters. */
  signalType: 128,
  /** Client data of a connection and server data of a token. */
  connectionData: 64 * 1024,
  /** Streams that one connection may publish at a time. */
  streamsPerConnection: 4,
} as const;
