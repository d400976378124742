/** What stands on the engines and on the making of documents: one file of the folder after another. */
import { readdirSync } from 'node:fs';
import type { Figure } from './measure.js';

const FOLDER = new URL('./engines/', import.meta.url);

export async function run(): Promise<readonly Figure[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.js') && !file.includes('.process.')).toSorted();
  const figures: Figure[] = [];
  for (const file of files) {
    const benchmark = (await import(new URL(file, FOLDER).href)) as { readonly run?: () => Promise<readonly Figure[]> };
    // What others only share has nothing to run.
    figures.push(...((await benchmark.run?.()) ?? []));
  }
  return figures;
}
