export * from './api.js';
export * from './command-line.js';
export * from './golden.js';
export * from './keys.js';
export * from './robot.js';
export * from './service.js';
export * from './steps.js';
export * from './temporary.js';
