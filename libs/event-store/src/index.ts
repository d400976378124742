export * from './port.js';
export * from './streams.js';
export { createStreams, type StreamsOptions } from './handle/create-streams.js';
export { canonicalJson, hashEvent, NO_PREVIOUS, RecentHashes, sha256 } from './chain.js';
export { eventId } from './event-id.js';
export { MalformedAppendError, MAX_APPEND_BYTES } from './encode.js';
export { StoreUnavailableError } from './store-unavailable.js';
export { startNotary, type Notary, type NotaryOptions } from './notary/notary.js';
export {
  verifyLog,
  type Broken,
  type LogProblem,
  type Verification,
  type VerifyOptions,
} from './notary/verify.js';
export { NotaryKeyError, publicKeyOf } from './notary/key.js';
export { ERASABLE_PREFIXES } from './notary/rolling.js';
export { type Checkpoint } from './notary/checkpoint.js';
