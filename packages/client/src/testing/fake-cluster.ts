import type { Method, Params, Request, Response, ServerMessage, WireError } from '@evercall/protocol';
import { SignalError, WireClosedError } from '../signal/signal-error.js';
import type { OpenWire, Wire, WireHandlers } from '../signal/wire.js';

interface Pending {
  request: Request;
  resolve: (response: Response) => void;
  reject: (error: Error) => void;
}

/** A wire whose other end is the test. */
export class FakeSocket implements Wire {
  readonly asked: Request[] = [];
  closed = false;
  /** Milliseconds since 1970. */
  heardAt = Date.now();
  readonly #cluster: FakeCluster;
  readonly #handlers: WireHandlers;
  #pending: Pending[] = [];

  constructor(cluster: FakeCluster, handlers: WireHandlers) {
    this.#cluster = cluster;
    this.#handlers = handlers;
  }

  get methods(): Method[] {
    return this.asked.map((request) => request.method);
  }

  ask(request: Request, timeoutMs: number): Promise<Response> {
    if (this.closed) return Promise.reject(new WireClosedError('closed'));
    this.asked.push(request);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(SignalError.timeout(request.method, timeoutMs)), timeoutMs);
      const entry: Pending = {
        request,
        resolve: (response) => {
          clearTimeout(timer);
          resolve(response);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#pending.push(entry);
      const answer = this.#cluster.answers.get(request.method)?.(request.params, this);
      if (answer !== undefined) this.#settle(entry, answer);
    });
  }

  /** Answers the oldest request of a method that waits. */
  answer(method: Method, answer: object | WireError): void {
    const entry = this.#pending.find((pending) => pending.request.method === method);
    if (!entry) throw new Error(`Nobody waits for ${method}; asked were ${this.methods.join(', ')}`);
    this.#settle(entry, answer);
  }

  silentMs(): number {
    return Date.now() - this.heardAt;
  }

  say(message: ServerMessage): void {
    this.heardAt = Date.now();
    this.#handlers.onMessage(message);
  }

  /** The network cuts it. */
  drop(): void {
    if (this.closed) return;
    this.close();
    this.#handlers.onClose();
  }

  close(): void {
    this.closed = true;
    for (const pending of this.#pending.splice(0)) pending.reject(new WireClosedError('closed'));
  }

  #settle(entry: Pending, answer: object): void {
    this.#pending = this.#pending.filter((other) => other !== entry);
    if ('code' in answer) entry.resolve({ ok: false, error: answer as WireError });
    else entry.resolve({ ok: true, result: answer });
  }
}

type Answer = (params: unknown, socket: FakeSocket) => object | undefined;

/** What a test sees of a whole cluster: the sockets that were opened, and what is answered by itself. */
export class FakeCluster {
  readonly sockets: FakeSocket[] = [];
  /** What happens to the next attempts to open a socket; afterwards they succeed. */
  readonly faults: 'refuse'[] = [];
  /** Attempts to open a socket. */
  attempts = 0;
  /** An answer with a `code` is a refusal; `undefined` leaves the request unanswered. */
  readonly answers = new Map<Method, Answer>();

  readonly open: OpenWire = async (handlers) => {
    this.attempts += 1;
    if (this.faults.shift() === 'refuse') throw new WireClosedError('refused');
    const socket = new FakeSocket(this, handlers);
    this.sockets.push(socket);
    return socket;
  };

  on<M extends Method>(
    method: M,
    answer: (params: Params<M>, socket: FakeSocket) => object | undefined,
  ): this {
    this.answers.set(method, (params, socket) => answer(params as Params<M>, socket));
    return this;
  }

  get latest(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('No socket was opened');
    return socket;
  }

  /** Parameters of the last request of a method, on any socket. */
  lastParams<M extends Method>(method: M): Params<M> {
    const requests = this.sockets.flatMap((socket) => socket.asked);
    const found = requests.findLast((request) => request.method === method);
    if (!found) throw new Error(`${method} was never asked`);
    return found.params as Params<M>;
  }
}
