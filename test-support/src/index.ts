export * from './api.js';
export * from './command-line.js';
export * from './keys.js';
export * from './robot.js';
export * from './service.js';
export * from './temporary.js';
