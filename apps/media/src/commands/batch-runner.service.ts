import { Awake, ClusterError } from '@evercall/cluster';
import {
  Batch,
  type BatchAnswer,
  type CommandAnswer,
  type CommandName,
  type CommandParams,
  type CommandResult,
  commands,
  type Leg,
  legKey,
  type MediaWireError,
  type WireCommand,
} from '@evercall/media-protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { SerialQueue } from '../domain/serial-queue.js';
import { MediaError } from '../errors/media-error.js';
import { LegDirectoryService } from '../legs/leg-directory.service.js';
import { MetricsService } from '../operations/metrics.service.js';
import { CLOCK, type Clock, LOGGER } from '../tokens.js';
import { type CommandHandlers, createHandlers } from './command-handlers.js';
import { connectionOf } from './command-scope.js';

type Schemas = { [Name in CommandName]: { params: z.ZodType<CommandParams<Name>> } };
const schemas: Schemas = commands;

/** Carries batches out: the commands of a connection in order, those of different connections side by side. */
@Injectable()
export class BatchRunnerService {
  readonly #handlers: CommandHandlers;
  readonly #queues = new Map<string, SerialQueue>();

  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly legs: LegDirectoryService,
    private readonly metrics: MetricsService,
    private readonly awake: Awake,
  ) {
    this.#handlers = createHandlers(legs, clock);
  }

  /** Carries the commands of a batch out after those that came before, and answers when all have ended. Never rejects. */
  async run(value: unknown): Promise<BatchAnswer> {
    const batch = Batch.safeParse(value);
    if (!batch.success) {
      const [issue] = batch.error.issues;
      const field = issue?.path.join('.') ?? '';
      return { error: new MediaError('BAD_COMMAND', `${field}: ${issue?.message}`, { field }).toWire() };
    }
    const { leg, commands: list } = batch.data;
    if (!(await this.#mayAct())) {
      return { error: new MediaError('WORKER_UNAVAILABLE', 'this media node was declared lost').toWire() };
    }
    return { answers: await Promise.all(list.map((command) => this.#answer(leg, command))) };
  }

  /** What a node that slept is told may be meant for the one that took its place. */
  async #mayAct(): Promise<boolean> {
    try {
      await this.awake.beforeActing();
      return true;
    } catch (error) {
      // With the shared state away nobody is declared lost, and media goes on.
      return error instanceof ClusterError && error.code === 'STATE_UNAVAILABLE';
    }
  }

  async #answer(leg: Leg, { name, params }: WireCommand): Promise<CommandAnswer> {
    const startedAt = this.clock();
    const finish = (outcome: string): void =>
      this.metrics.commandEnded({ command: name, outcome, ms: this.clock() - startedAt });
    try {
      const result = await this.#queue(leg, name, params);
      finish('ok');
      return { ok: true, result };
    } catch (error) {
      const refusal = this.#refusal(error, { leg, name });
      finish(refusal.code);
      return { ok: false, error: refusal };
    }
  }

  #queue<Name extends CommandName>(
    leg: Leg,
    name: Name,
    params: WireCommand['params'],
  ): Promise<CommandResult<Name>> {
    const parsed = schemas[name].params.safeParse(params);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.join('.') ?? '';
      return Promise.reject(new MediaError('BAD_COMMAND', `${name}: ${field}: ${issue?.message}`, { field }));
    }
    const handle = (): Promise<CommandResult<Name>> => this.#handlers[name](leg, parsed.data);
    const connection = connectionOf(parsed.data);
    if (connection !== undefined) return this.#inQueue(leg, (queue) => queue.run(connection, handle));
    // Asking again for an open leg, as every join does, needs nobody to wait.
    const harmless = name === 'openSession' && this.legs.isOpen(leg);
    return this.#inQueue(leg, (queue) => (harmless ? queue.run('', handle) : queue.runExclusive(handle)));
  }

  /** The queue of a leg lives while it has something to do. */
  async #inQueue<T>(leg: Leg, start: (queue: SerialQueue) => Promise<T>): Promise<T> {
    const key = legKey(leg);
    const queue = this.#queues.get(key) ?? new SerialQueue();
    this.#queues.set(key, queue);
    try {
      return await start(queue);
    } finally {
      if (queue.pending === 0 && this.#queues.get(key) === queue) this.#queues.delete(key);
    }
  }

  #refusal(error: unknown, context: { leg: Leg; name: CommandName }): MediaWireError {
    const { leg, name } = context;
    if (error instanceof MediaError) {
      this.log.debug({ ...leg, command: name, code: error.code, err: error }, 'command refused');
      return error.toWire();
    }
    this.log.error({ ...leg, command: name, err: error }, 'command failed');
    return { code: 'INTERNAL', message: 'the media node failed; its log says why' };
  }
}
