export * from './port.js';
export * from './streams.js';
export { createStreams, type StreamsOptions } from './handle/create-streams.js';
export { canonicalJson, hashEvent, sha256 } from './chain.js';
export { eventId } from './event-id.js';
export { MalformedAppendError, MAX_APPEND_BYTES } from './encode.js';
