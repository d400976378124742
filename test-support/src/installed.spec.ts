import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, temporaryFolder } from './temporary.js';

const { isInstalled } = (await import(built('scripts/install.mjs'))) as { readonly isInstalled: (folder?: string) => boolean };

let folder: ReturnType<typeof temporaryFolder>;
const put = (name: string, text: string): void => {
  mkdirSync(join(folder.path, name, '..'), { recursive: true });
  writeFileSync(join(folder.path, name), text);
};
const packages = { 'clients/tui': { version: '1.0.0' }, 'node_modules/a': { version: '1.0.0' }, 'clients/tui/node_modules/a': { version: '2.0.0' }, 'clients/tui/node_modules/b': { version: '1.0.0', optional: true } };

beforeEach(() => {
  folder = temporaryFolder();
  put('node_modules/.bin/node', '');
  for (const file of ['package-lock.json', 'node_modules/.package-lock.json']) put(file, JSON.stringify({ packages }));
  put('clients/tui/node_modules/a/package.json', '{"version":"2.0.0"}');
});
afterEach(() => folder.remove());

describe('what is installed', () => {
  it('is this checkout', () => expect(isInstalled()).toBe(true));

  it('is all that was locked, and nothing else need be', () => expect(isInstalled(folder.path)).toBe(true));

  it('is not, where a workspace has lost its own packages', () => {
    rmSync(join(folder.path, 'clients/tui/node_modules'), { recursive: true });
    expect(isInstalled(folder.path)).toBe(false);
  });

  it('is not, where a workspace has another version', () => {
    put('clients/tui/node_modules/a/package.json', '{"version":"2.0.1"}');
    expect(isInstalled(folder.path)).toBe(false);
  });

  it.each(['package-lock.json', 'node_modules/.package-lock.json', 'node_modules/.bin/node'])('is not, without %s', (name) => {
    rmSync(join(folder.path, name));
    expect(isInstalled(folder.path)).toBe(false);
  });
});
