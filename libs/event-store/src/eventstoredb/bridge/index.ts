export { startBridge, type Bridge, type BridgeOptions } from './bridge.js';
export { type Member } from './cluster.service.js';
export { type AppendFault, type Faults } from './faults.js';
