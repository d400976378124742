export { openEmbeddedStore, type EmbeddedOptions } from './store.js';
export { StoreInUseError } from './lock.js';
export { narrowFiles, OWN_ONLY } from './private-files.js';
