/** For programs that do at a service what the client does, by its own rules. */
export { createOutbox, type Outbox, type OutboxAnswer } from './platform/outbox/outbox.js';
export { connect } from './platform/session/session.js';
export { isPassing, type ApiResult } from './platform/api/result.js';
export { openDoorbell } from './platform/doorbell/doorbell.js';
export { portalPaths } from './platform/paths.js';
export type { Api } from './platform/api/api.js';
