export { audioParameters, dtlsParameters, videoParameters } from './browser-parameters.js';
export { EventBuffer, type NextOptions } from './event-buffer.js';
export { type EventuallyOptions, eventually } from './eventually.js';
export { FakeClock, type TimerHandle } from './fake-clock.js';
export { freePort } from './free-port.js';
export { type RedisCopy, type RedisServer, type StartRedisOptions, startRedis } from './redis-server.js';
export { type SpawnedNode, type SpawnNodeOptions, spawnNode } from './spawn-node.js';
