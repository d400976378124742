export { openEmbeddedStore, type EmbeddedOptions } from './store.js';
export { StoreInUseError } from './lock.js';
