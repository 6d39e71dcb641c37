import type { Role } from '@evercall/protocol';
import type { Stream } from './stream.js';

export declare class Connection {
  readonly connectionId: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  /** `clientData%/%serverData`; one of the two alone if the other is empty. */
  readonly data: string;
  /** Own connection only. */
  role: Role | undefined;
  /** Own connection only. */
  record: boolean | undefined;
  /** The first of its streams. */
  get stream(): Stream | undefined;
  /** All its streams (camera, screen), oldest first. */
  get streams(): readonly Stream[];
  /** The connection is over. */
  disposed: boolean;
}
