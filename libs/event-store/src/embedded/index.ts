export { openEmbeddedStore, type EmbeddedOptions } from './store.js';
export { StoreInUseError } from './lock.js';
export { makeFolder, narrowFiles, OWN_ONLY } from './private-files.js';
