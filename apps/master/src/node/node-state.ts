import { Injectable } from '@nestjs/common';

/** What this master does with its life. */
export type MasterState = 'launching' | 'running' | 'terminating';

/** Where this master stands between its start and its end. */
@Injectable()
export class NodeStateService {
  #state: MasterState = 'launching';

  get state(): MasterState {
    return this.#state;
  }

  become(state: MasterState): void {
    this.#state = state;
  }
}
