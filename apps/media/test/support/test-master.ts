import {
  type BatchAnswer,
  type Command,
  type CommandAnswer,
  type CommandName,
  type CommandParams,
  type CommandResult,
  commands,
  controlKey,
  controlPath,
  type Inventory,
  type Leg,
  type LinkAuth,
  type MasterToMedia,
  type MediaMessages,
  type MediaToMaster,
  mediaProtocolVersion,
} from '@evercall/media-protocol';
import { MasterId, MutationId } from '@evercall/protocol';
import { EventBuffer } from '@evercall/testing';
import { io, type Socket } from 'socket.io-client';
import { secret, type TestNode } from './test-node.js';

let batches = 0;

/** The end of a control link that a master holds. */
export class TestMaster implements AsyncDisposable {
  readonly hello = new EventBuffer<MediaMessages['hello']>();
  readonly legsLost = new EventBuffer<MediaMessages['legsLost']>();
  readonly transportFailed = new EventBuffer<MediaMessages['transportFailed']>();
  readonly #socket: Socket<MediaToMaster, MasterToMedia>;

  private constructor(socket: Socket<MediaToMaster, MasterToMedia>) {
    this.#socket = socket;
    socket.on('hello', this.hello.push);
    socket.on('legsLost', this.legsLost.push);
    socket.on('transportFailed', this.transportFailed.push);
  }

  /** Opens a link; rejects with what socket.io's `connect_error` says. */
  static async open(node: TestNode, auth: Partial<LinkAuth> = {}): Promise<TestMaster> {
    const socket: Socket<MediaToMaster, MasterToMedia> = io(node.url, {
      path: controlPath,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: {
        protocol: mediaProtocolVersion,
        masterId: MasterId.parse('master_Test0001'),
        key: controlKey(secret),
        mediaNodeId: node.identity.id,
        ...auth,
      },
    });
    const master = new TestMaster(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return master;
  }

  /** Sends commands in one batch. */
  async batch(leg: Leg, list: Command[]): Promise<CommandAnswer[]> {
    batches += 1;
    const id = MutationId.parse(`mut_test${batches}`);
    const answer = await this.raw({ id, leg, commands: list });
    if ('error' in answer) throw new Error(answer.error.message);
    return answer.answers;
  }

  raw(batch: unknown): Promise<BatchAnswer> {
    return this.#socket.timeout(10_000).emitWithAck('batch', batch);
  }

  /** Sends one command and gives its result. */
  async command<Name extends CommandName>(
    leg: Leg,
    name: Name,
    params: CommandParams<Name>,
  ): Promise<CommandResult<Name>> {
    const answer = await this.answer(leg, name, params);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}: ${answer.error.message}`);
    return commands[name].result.parse(answer.result) as CommandResult<Name>;
  }

  /** Sends one command and gives its answer. */
  async answer<Name extends CommandName>(
    leg: Leg,
    name: Name,
    params: CommandParams<Name>,
  ): Promise<CommandAnswer> {
    const [answer] = await this.batch(leg, [{ name, params } as Command]);
    return answer!;
  }

  /** Sends one command that must be refused, and gives the code. */
  async refusal<Name extends CommandName>(
    leg: Leg,
    name: Name,
    params: CommandParams<Name>,
  ): Promise<string> {
    const answer = await this.answer(leg, name, params);
    return answer.ok ? 'not refused' : answer.error.code;
  }

  inventory(): Promise<Inventory> {
    return this.#socket.timeout(10_000).emitWithAck('inventory', {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.disconnect();
  }
}
