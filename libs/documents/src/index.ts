export type { DocumentModel, Rendered } from './models.js';
export { render } from './render.js';
