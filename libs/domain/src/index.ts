export * from './decider.js';
export * from './account/events.js';
export * from './candidate/events.js';
export * from './centre/events.js';
export * from './component/events.js';
export * from './mark-sheet/events.js';
export * from './submission/events.js';
export * from './team/events.js';
