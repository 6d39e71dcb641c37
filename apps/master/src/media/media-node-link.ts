import type { MediaNodeRecord } from '@evercall/cluster';
import {
  Batch,
  BatchAnswer,
  type Command,
  type CommandAnswer,
  controlKey,
  controlPath,
  Inventory,
  type Leg,
  LinkAuth,
  LinkRefusal,
  type MediaMessages,
  mediaMessages,
  mediaProtocolVersion,
} from '@evercall/media-protocol';
import type { IdFactory, MasterId } from '@evercall/protocol';
import type { Logger } from 'pino';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { RequestError } from '../request-error.js';

/** Milliseconds after which an unanswered batch fails. It may still be carried out. */
const batchTimeoutMs = 3000;

/** What a media node says unasked, after its greeting. */
export type MediaMessage =
  | { name: 'legsLost'; body: MediaMessages['legsLost'] }
  | { name: 'transportFailed'; body: MediaMessages['transportFailed'] };

/** What a link is made with. */
export interface LinkOptions {
  masterId: MasterId;
  secret: string;
  ids: IdFactory;
  logger: Logger;
  /** Awaited before commands are sent; throws if this master may not command any more. */
  beforeActing: () => Promise<void>;
  /** The link came up, also again. */
  onUp: (link: MediaNodeLink) => void;
  /** The link went down. */
  onDown: (link: MediaNodeLink) => void;
  /** Another run of the process answers at the node's address. */
  onReplaced: (link: MediaNodeLink, by: string) => void;
  onMessage: (message: MediaMessage, link: MediaNodeLink) => void;
}

/** The control link to one run of one media node: the only place that knows its socket. */
export class MediaNodeLink {
  readonly node: MediaNodeRecord;
  readonly #socket: Socket;
  readonly #options: LinkOptions;
  #capabilities: MediaMessages['hello'] | undefined;

  constructor(node: MediaNodeRecord, options: LinkOptions) {
    this.node = node;
    this.#options = options;
    const { masterId, secret, logger } = options;
    const auth: LinkAuth = {
      protocol: mediaProtocolVersion,
      masterId,
      key: controlKey(secret),
      mediaNodeId: node.id,
    };
    this.#socket = io(node.url, {
      path: controlPath,
      transports: ['websocket'],
      auth,
      reconnectionDelay: 50,
      reconnectionDelayMax: 500,
      timeout: 2000,
      // A batch of before the link broke must not be sent on the next one: who asked has given up.
      retries: 0,
    });
    this.#socket.on('connect', () => logger.info({ mediaNodeId: node.id }, 'control link up'));
    this.#socket.on('disconnect', (reason) => {
      logger.info({ mediaNodeId: node.id, reason }, 'control link down');
      options.onDown(this);
    });
    this.#socket.on('connect_error', (error) => {
      logger.debug({ mediaNodeId: node.id, reason: error.message }, 'control link refused');
      const refusal = LinkRefusal.safeParse('data' in error ? error.data : undefined);
      if (!refusal.success || refusal.data.code !== 'OTHER_INCARNATION') return;
      if (refusal.data.mediaNodeId) options.onReplaced(this, refusal.data.mediaNodeId);
    });
    this.#hear('hello', mediaMessages.hello, (capabilities) => {
      this.#capabilities = capabilities;
      options.onUp(this);
    });
    this.#hear('legsLost', mediaMessages.legsLost, (body) =>
      options.onMessage({ name: 'legsLost', body }, this),
    );
    this.#hear('transportFailed', mediaMessages.transportFailed, (body) =>
      options.onMessage({ name: 'transportFailed', body }, this),
    );
  }

  get isUp(): boolean {
    return this.#socket.connected;
  }

  /** What routers there can forward; `undefined` until the link was up once. */
  get capabilities(): MediaMessages['hello'] | undefined {
    return this.#capabilities;
  }

  /**
   * Sends commands for one leg and gives their answers, one for each, in order.
   *
   * @throws RequestError `MEDIA_UNAVAILABLE`: no link, no answer in time, or the whole batch was refused
   * @throws ClusterError `NODE_LOST`, `STATE_UNAVAILABLE`: this master slept, and what it would command may be others' now
   */
  async batch(leg: Leg, commands: Command[]): Promise<CommandAnswer[]> {
    await this.#options.beforeActing();
    const batch = Batch.parse({ id: this.#options.ids.mutationId(), leg, commands });
    const answer = BatchAnswer.parse(await this.#ask('batch', batch));
    if ('error' in answer) {
      throw new RequestError('MEDIA_UNAVAILABLE', `media node ${this.node.name}: ${answer.error.message}`);
    }
    return answer.answers;
  }

  /** @throws RequestError `MEDIA_UNAVAILABLE` */
  async inventory(): Promise<Inventory> {
    return Inventory.parse(await this.#ask('inventory', {}));
  }

  /** Ends the link by own wish: nobody is told that it went down. */
  close(): void {
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
  }

  async #ask(name: string, message: object): Promise<unknown> {
    if (!this.#socket.connected) {
      throw new RequestError('MEDIA_UNAVAILABLE', `there is no link to media node ${this.node.name}`);
    }
    try {
      return await this.#socket.timeout(batchTimeoutMs).emitWithAck(name, message);
    } catch (error) {
      throw new RequestError('MEDIA_UNAVAILABLE', `media node ${this.node.name} did not answer`, {
        cause: error,
      });
    }
  }

  #hear<S extends z.ZodType>(name: string, schema: S, act: (message: z.infer<S>) => void): void {
    this.#socket.on<string>(name, (message: unknown) => {
      const parsed = schema.safeParse(message);
      if (parsed.success) {
        act(parsed.data);
        return;
      }
      this.#options.logger.warn({ mediaNodeId: this.node.id, name }, 'unreadable message from a media node');
    });
  }
}
