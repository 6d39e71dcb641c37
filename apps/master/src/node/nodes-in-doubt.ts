import { Injectable } from '@nestjs/common';

/**
 * Nodes that look dead from here and aren't declared lost: whoever needs one of them must wait. The failure detector
 * fills it in.
 */
@Injectable()
export class NodesInDoubt {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
  }

  delete(id: string): void {
    this.#ids.delete(id);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
