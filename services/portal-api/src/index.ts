export { createApplication } from './application.js';
export { openFoundation, closeFoundation, type Foundation } from './platform/platform.module.js';
export { readConfig, type Config } from './platform/config.js';
export { Foldings } from './platform/projector/folding.js';
export { buildGenerations, differences } from './platform/projector/rebuild.js';
export { SqliteViewStore } from './platform/view-store/sqlite/sqlite-view-store.js';
export type { Generation } from './platform/view-store/port.js';
export { RedisViewStore } from './platform/view-store/redis/redis-view-store.js';
