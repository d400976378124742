export { connectionString } from './connection-string.js';
export { openEventStoreDb } from './store.js';
export { type EventStoreDbOptions, type Trouble } from './settings.js';
