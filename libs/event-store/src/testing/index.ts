export { faulty, type Fault, type FaultyStore } from './faulty-store.js';
export { findLosses, killAfter, startWriters, type Losses, type WriterBehaviour } from './kill-round.js';
export { startBridgeProcess, type BridgeProcess } from './bridge-process.js';
