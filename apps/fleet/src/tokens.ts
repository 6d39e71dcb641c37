/** What is injected and isn't a class. */
export const FLEET_CONFIG = Symbol('FleetConfig');
/** Which nodes there may be: `FleetPlan`. */
export const FLEET_PLAN = Symbol('FleetPlan');
/** The pino logger. */
export const LOGGER = Symbol('Logger');
/** The client of the shared state. */
export const REDIS = Symbol('Redis');
