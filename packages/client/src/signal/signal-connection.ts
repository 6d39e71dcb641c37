import {
  type ClientToServer,
  type Request,
  Response,
  ServerMessage,
  type ServerMessages,
  socketPath,
} from '@evercall/protocol';
import { io, type Socket } from 'socket.io-client';
import { log } from '../log.js';
import { SignalError, WireClosedError } from './signal-error.js';
import type { Wire, WireHandlers } from './wire.js';

/** Milliseconds that the TCP, TLS and WebSocket handshakes may take together. */
const openTimeoutMs = 4000;

const messageNames = ['events', 'position', 'resync', 'moved', 'mediaLost', 'ended', 'goAway'] as const;

type ServerToClient = { [Name in keyof ServerMessages]: (payload: unknown) => void };

/** The wire on socket.io, the only file that knows it. Reconnecting is not its business. */
export class SignalConnection implements Wire {
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #handlers: WireHandlers;
  readonly #unanswered = new Set<(error: Error) => void>();
  #closed = false;
  /** Milliseconds since 1970. */
  #heardAt = Date.now();

  private constructor(socket: Socket<ServerToClient, ClientToServer>, handlers: WireHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    for (const name of messageNames) {
      socket.on(name, (payload) => this.#receive(name, payload));
    }
    const heard = () => {
      this.#heardAt = Date.now();
    };
    socket.onAny(heard);
    socket.io.on('ping', heard);
    socket.once('disconnect', (reason) => this.#lost(reason));
  }

  /**
   * @param origin the load balancer, `http(s)://host[:port]`
   * @throws {WireClosedError} refused, answered with 50X, or slower than 4 s
   */
  static open(origin: string, handlers: WireHandlers): Promise<SignalConnection> {
    const socket: Socket<ServerToClient, ClientToServer> = io(origin, {
      path: socketPath,
      transports: ['websocket'],
      autoConnect: false,
      reconnection: false,
      forceNew: true,
      timeout: openTimeoutMs,
    });
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new SignalConnection(socket, handlers)));
      socket.once('connect_error', (cause) => {
        socket.disconnect();
        reject(new WireClosedError(`No socket to ${origin}: ${cause.message}`, { cause }));
      });
      socket.connect();
    });
  }

  ask(request: Request, timeoutMs: number): Promise<Response> {
    if (this.#closed) return Promise.reject(new WireClosedError('The socket is closed'));
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#unanswered.delete(fail);
        act();
      };
      const fail = (error: Error) => settle(() => reject(error));
      const timer = setTimeout(() => fail(SignalError.timeout(request.method, timeoutMs)), timeoutMs);
      this.#unanswered.add(fail);
      this.#socket.emit('request', request, (answer) => {
        const response = Response.safeParse(answer);
        if (response.success) settle(() => resolve(response.data));
        else fail(SignalError.unreadable(request.method));
      });
    });
  }

  silentMs(): number {
    return Date.now() - this.#heardAt;
  }

  close(): void {
    if (this.#closed) return;
    this.#teardown('closed here');
  }

  #lost(reason: string): void {
    if (this.#closed) return;
    this.#teardown(reason);
    this.#handlers.onClose();
  }

  #teardown(reason: string): void {
    this.#closed = true;
    this.#socket.removeAllListeners();
    this.#socket.offAny();
    this.#socket.io.removeAllListeners('ping');
    this.#socket.disconnect();
    for (const fail of this.#unanswered) fail(new WireClosedError(`The socket closed: ${reason}`));
  }

  #receive(name: keyof ServerMessages, payload: unknown): void {
    const message = parseMessage(name, payload);
    if (message) this.#handlers.onMessage(message);
    else log.warn(`ignored a message '${name}' of unknown shape`);
  }
}

function parseMessage(name: keyof ServerMessages, payload: unknown): ServerMessage | undefined {
  const parsed = ServerMessage.safeParse({ name, payload });
  return parsed.success ? parsed.data : undefined;
}
