export * from './admin.js';
export * from './common.js';
export * from './mark-entry.js';
export * from './problem.js';
export * from './services-menu.js';
export * from './sign-in.js';
export * from './submission.js';
export * from './team.js';
