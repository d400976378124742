import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { render } from './render.js';
import { everyModel } from './testing/all-models.js';
import { formulaModel } from './testing/formula-models.js';

const PROGRAM = fileURLToPath(new URL('./testing/hashes.process.js', import.meta.url));
const ROWS = 4;

const elsewhere = (zone: string, locale: string): Record<string, string> =>
  JSON.parse(execFileSync(process.execPath, [PROGRAM, String(ROWS)], { env: { ...process.env, TZ: zone, LC_ALL: locale, LANG: locale }, encoding: 'utf8' }));

async function here(): Promise<Record<string, string>> {
  const hashes: [string, string][] = [];
  for (const [name, model] of everyModel(ROWS)) hashes.push([name, hashOf((await render(model)).bytes)]);
  return Object.fromEntries(hashes);
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the same data', () => {
  it('give the same bytes in another process, another time zone and another locale, whatever was rendered before', async () => {
    const tokyo = elsewhere('Asia/Tokyo', 'ja_JP.UTF-8');
    expect(Object.keys(tokyo)).toHaveLength(19);
    expect(new Set(Object.values(tokyo)).size).toBe(19);
    expect(await here()).toEqual(tokyo);
    const [name, model] = everyModel(ROWS)[0] as ReturnType<typeof everyModel>[number];
    expect(hashOf((await render(model)).bytes)).toBe(tokyo[name]);
  });

  it('give other bytes as soon as they are other data', async () => {
    const model = formulaModel([3]);
    const other = { ...model, source: { ...model.source, hash: model.source.hash.replace('5', '6') } };
    expect(hashOf((await render(other)).bytes)).not.toBe(hashOf((await render(model)).bytes));
  });
});
