import { EventChannels, EventLog, type LifeRef, StateGate } from '@evercall/cluster';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { MirrorService } from '../reassert/mirror.service.js';
import type { FeedMember } from './feed-member.js';
import { ResyncingService } from './resyncing.service.js';
import { SessionFeed } from './session-feed.js';

/** Milliseconds between two comparisons of what was delivered with where the logs end. */
const compareMs = 2000;

/** The feeds of the sessions that have sockets on this master. */
@Injectable()
export class FeedsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #feeds = new Map<string, { feed: SessionFeed; opened: Promise<void> }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly channels: EventChannels,
    private readonly log: EventLog,
    private readonly state: StateGate,
    readonly resyncing: ResyncingService,
    private readonly mirror: MirrorService,
    private readonly surroundings: SurroundingsService,
  ) {}

  onApplicationBootstrap(): void {
    this.channels.onReconnected(() => void this.#compare());
    this.state.onOpened(() => void this.#compare());
    this.#timer = setInterval(() => void this.#compare(), compareMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /**
   * Makes a member hear a session. When this resolves, the subscription is confirmed: a snapshot that is read from now
   * on and the member's events together lack nothing.
   *
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async enter(life: LifeRef, member: FeedMember): Promise<void> {
    const key = `${life.sessionId}/${life.life}`;
    let entry = this.#feeds.get(key);
    if (!entry) {
      const feed = new SessionFeed(life, {
        log: this.log,
        mirror: this.mirror,
        logger: this.surroundings.logger,
      });
      entry = { feed, opened: this.#open(feed) };
      this.#feeds.set(key, entry);
    }
    entry.feed.add(member);
    try {
      await entry.opened;
    } catch (error) {
      entry.feed.remove(member);
      if (this.#feeds.get(key) === entry) this.#feeds.delete(key);
      throw error;
    }
    this.mirror.enter(life, member.connectionId);
  }

  async leave(life: LifeRef, member: FeedMember): Promise<void> {
    const key = `${life.sessionId}/${life.life}`;
    const entry = this.#feeds.get(key);
    if (!entry) return;
    entry.feed.remove(member);
    if (!entry.feed.has(member.connectionId)) this.mirror.leave(life, member.connectionId);
    if (!entry.feed.isEmpty) return;
    this.#feeds.delete(key);
    try {
      await this.channels.unlisten(life);
    } catch (error) {
      this.surroundings.logger.debug({ err: error, ...life }, 'still subscribed; the events go nowhere');
    }
  }

  async #open(feed: SessionFeed): Promise<void> {
    await this.channels.listen(feed.life, (entry) => feed.heard(entry));
    const [head] = await this.log.heads([feed.life]);
    feed.open(head ?? { epoch: 0, sequence: 0 });
  }

  async #compare(): Promise<void> {
    const feeds = [...this.#feeds.values()].map(({ feed }) => feed).filter(({ position }) => position);
    if (feeds.length === 0) return;
    try {
      const heads = await this.log.heads(feeds.map(({ life }) => life));
      await Promise.all(
        feeds.map(async (feed, index) => {
          const head = heads[index];
          if (head) await feed.compare(head);
        }),
      );
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'logs can not be compared now');
    }
  }
}
