export { createApplication } from './application.js';
export { openFoundation, closeFoundation, type Foundation } from './platform/platform.module.js';
export { readConfig, type Config } from './platform/config.js';
export { buildGenerations } from './platform/projector/rebuild.js';
export { ViewStore } from './platform/view-store/view-store.js';
