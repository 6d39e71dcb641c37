export * from './commands.js';
export * from './control-key.js';
export * from './errors.js';
export * from './leg.js';
export * from './link.js';
