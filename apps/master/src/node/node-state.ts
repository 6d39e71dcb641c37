import type { Drain, NodeState } from '@evercall/cluster';
import { Injectable } from '@nestjs/common';

/** What this master does with its life. */
export type MasterState = Extract<
  NodeState,
  'launching' | 'running' | 'terminating' | 'waiting-idle-to-terminate'
>;

/** Where this master stands between its start and its end. */
@Injectable()
export class NodeStateService {
  #state: MasterState = 'launching';
  #drain: Drain | undefined;

  get state(): MasterState {
    return this.#state;
  }

  /** How it leaves, while it does. */
  get drain(): Drain | undefined {
    return this.#drain;
  }

  become(state: MasterState, drain?: Drain): void {
    this.#state = state;
    this.#drain = drain;
  }
}
