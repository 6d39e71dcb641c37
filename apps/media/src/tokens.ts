/** What is injected and isn't a class. */
export const MEDIA_CONFIG = Symbol('MediaConfig');
/** The pino logger. */
export const LOGGER = Symbol('Logger');
/** Who this process is: `NodeIdentity`. */
export const NODE_IDENTITY = Symbol('NodeIdentity');
/** The client of the shared state. */
export const REDIS = Symbol('Redis');
/** Milliseconds of a clock that only goes forward: `Clock`. */
export const CLOCK = Symbol('Clock');

/** Milliseconds of a clock that only goes forward. */
export type Clock = () => number;
/** Called once when the cluster has declared this node lost: `() => void`. */
export const ON_LOST = Symbol('OnLost');
