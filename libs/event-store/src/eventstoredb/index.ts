export { openEventStoreDb } from './store.js';
export { type EventStoreDbOptions, type Trouble } from './settings.js';
