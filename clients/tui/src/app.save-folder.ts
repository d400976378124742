import { homedir } from 'node:os';
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of this program: three folders above the one it runs from. */
const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Where receipts and documents are saved: the folder that the person stood in. Whoever stood in the checkout only started
 * the program there; a receipt among the sources would be found by nobody, or be committed, so it goes to their home folder.
 */
export function saveFolder(env: NodeJS.ProcessEnv, checkout = CHECKOUT): string {
  const from = env['INIT_CWD'] ?? process.cwd();
  const inside = relative(checkout, from);
  const isInCheckout = inside === '' || !(inside.startsWith('..') || isAbsolute(inside));
  return isInCheckout ? (env['HOME'] ?? homedir()) : from;
}
