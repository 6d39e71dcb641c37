import { NodeRegistry } from '@evercall/cluster';
import { type MasterId, SessionId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { SessionChanger } from '../sessions/session-changer.js';
import { handOver } from './domain/hand-over.js';

/** A master whose heartbeat is older than this gets nothing, in ms. */
const maxLateMs = 3000;

/** Other masters that run, and what is handed over to them. */
@Injectable()
export class HostHandover {
  constructor(
    private readonly registry: NodeRegistry,
    private readonly changer: SessionChanger,
    private readonly surroundings: SurroundingsService,
  ) {}

  /** Masters that could take over. @throws ClusterError `STATE_UNAVAILABLE` */
  async heirs(): Promise<MasterId[]> {
    const { id } = this.surroundings.identity;
    return (await this.registry.list()).flatMap(({ record, lateMs }) =>
      record.role === 'master' && record.id !== id && record.state === 'running' && lateMs < maxLateMs
        ? [record.id]
        : [],
    );
  }

  /**
   * Makes other masters the hosts of the sessions that end with this one: those that their applications recover.
   *
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async handOver(heirs: MasterId[]): Promise<void> {
    const { id } = this.surroundings.identity;
    const hosted = (await this.registry.work(id)).filter((member) => member.split('/').length === 2);
    for (const [n, member] of hosted.entries()) {
      const heir = heirs[n % heirs.length];
      if (heir) await this.#give(member, heir);
    }
  }

  async #give(member: string, heir: MasterId): Promise<void> {
    const [session = '', life = ''] = member.split('/');
    const target = { sessionId: SessionId.parse(session), life: Number(life) };
    const { identity, logger } = this.surroundings;
    try {
      const changed = await this.changer.change(target, handOver(identity.id, heir));
      if (changed?.result) logger.info({ ...target, hostId: heir }, 'session handed over');
      else await this.registry.dropWork(identity.id, [member]);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      // It is over, or others change it: the next look tells.
      logger.debug({ err: error, ...target }, 'not handed over');
    }
  }
}
