/** Where things are: every script starts from the checkout, wherever it was called. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const inRoot = (...parts) => join(root, ...parts);
/** The Node the project runs on; the one that runs a script may be older. */
export const node = inRoot('node_modules', '.bin', 'node');
export const cache = inRoot('.cache');
