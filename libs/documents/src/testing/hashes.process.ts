/** Prints the hash of every document as this process makes it, by name. */
import { createHash } from 'node:crypto';
import { render } from '../render.js';
import { everyModel } from './all-models.js';

const hashes: [string, string][] = [];
for (const [name, model] of everyModel(Number(process.argv[2] ?? 25))) {
  const { bytes } = await render(model);
  hashes.push([name, createHash('sha256').update(bytes).digest('hex')]);
}
process.stdout.write(JSON.stringify(Object.fromEntries(hashes)));
