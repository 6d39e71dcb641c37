import {
  type Method,
  type MutationId,
  methods,
  type Params,
  Response,
  type Result,
  type ServerMessages,
  socketPath,
  type WireError,
} from '@evercall/protocol';
import { io, type Socket } from 'socket.io-client';

const openMs = 4000;
const answerMs = 5000;

/** A master refused what was asked. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly answer: WireError;

  constructor(answer: WireError) {
    super(`${answer.code}: ${answer.message}`);
    this.answer = answer;
  }
}

export interface LightSocketHandlers {
  onMessage: <Name extends keyof ServerMessages>(name: Name, message: ServerMessages[Name]) => void;
  onClose: () => void;
}

const names = ['events', 'position', 'resync', 'moved', 'mediaLost', 'ended', 'goAway'] as const;

/** One client socket. */
export class LightSocket {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** @throws Error refused, or slower than 4 s */
  static open(origin: string, handlers: LightSocketHandlers): Promise<LightSocket> {
    const socket = io(origin, {
      path: socketPath,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: openMs,
    });
    for (const name of names) {
      socket.on(name, (message: ServerMessages[typeof name]) => handlers.onMessage(name, message));
    }
    socket.once('disconnect', handlers.onClose);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new LightSocket(socket)));
      socket.once('connect_error', (cause) => {
        socket.disconnect();
        reject(new Error(`no socket to ${origin}: ${cause.message}`, { cause }));
      });
    });
  }

  /**
   * @throws Refused
   * @throws Error without an answer: it may or may not have been carried out
   */
  async ask<M extends Method>(method: M, params: Params<M>, id: MutationId): Promise<Result<M>> {
    if (!this.#socket.connected) throw new Error('the socket is closed');
    const gone = new Promise<never>((_, reject) => {
      this.#socket.once('disconnect', () => reject(new Error('the socket closed')));
    });
    const answered: Promise<unknown> = this.#socket
      .timeout(answerMs)
      .emitWithAck('request', { id, method, params });
    const answer = Response.parse(await Promise.race([answered, gone]));
    if (!answer.ok) throw new Refused(answer.error);
    return methods[method].result.parse(answer.result) as Result<M>;
  }

  /** The socket goes without a word. */
  drop(): void {
    this.#socket.io.engine.close();
  }

  close(): void {
    this.#socket.disconnect();
  }
}
