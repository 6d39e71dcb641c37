import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { EventChannels, heartbeatIntervalMs, NodeRegistry, type RegisteredNode } from '@evercall/cluster';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { FailureDetector } from './failure-detector.service.js';

/** Milliseconds after which a peer's answer is waited for no longer. */
const answerTimeoutMs = 2000;

/** Connections that stay open to the other masters: one that closes is the first sign of a death. */
@Injectable()
export class PeerLinksService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #links = new Map<string, ClientRequest>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly channels: EventChannels,
    private readonly detector: FailureDetector,
    private readonly surroundings: SurroundingsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#timer = setInterval(() => void this.#look(), heartbeatIntervalMs);
    await this.#look();
    try {
      // A peer that dies in its first moments must be missed like any other.
      await this.channels.listenToArrivals(() => void this.#look());
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'peers are found by looking for now');
    }
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
    for (const link of this.#links.values()) link.destroy();
    this.#links.clear();
  }

  async #look(): Promise<void> {
    try {
      for (const node of await this.registry.list()) {
        const { id, role } = node.record;
        const isPeer = role === 'master' && id !== this.surroundings.identity.id;
        if (isPeer && !this.#links.has(id)) this.#open(node);
      }
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'the registry can not be read; links stay as they are');
    }
  }

  #open({ record: { id, url } }: RegisteredNode): void {
    const auth = `OPENVIDUAPP:${this.surroundings.config.OPENVIDU_SECRET}`;
    const request = get(`${url}/cluster/peers/watch`, { auth, agent: false, timeout: answerTimeoutMs });
    this.#links.set(id, request);
    let wasUp = false;
    const closed = () => {
      // Only a connection that stood can close; one that never came about says nothing.
      if (this.#links.delete(id) && wasUp) this.detector.linkDown(id, url);
    };
    request.once('response', (response: IncomingMessage) => {
      wasUp = true;
      request.setTimeout(0);
      this.detector.linkUp(id);
      response.resume();
      response.once('close', closed);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', closed);
    request.once('close', closed);
  }
}
