import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';

/** Whether this process takes new work. */
@Injectable()
export class ProcessState implements BeforeApplicationShutdown {
  #state: 'running' | 'draining' = 'running';

  get current(): 'running' | 'draining' {
    return this.#state;
  }

  beforeApplicationShutdown(): void {
    this.#state = 'draining';
  }
}
