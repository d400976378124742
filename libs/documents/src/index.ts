export type * from './models.js';
export type * from './rendered.js';
export { render } from './render.js';
