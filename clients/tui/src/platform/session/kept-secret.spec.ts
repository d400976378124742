import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { portalPaths, type PortalPaths } from '../paths.js';
import { keychainEntry } from './keychain.js';
import { notPrivateHere, openSecret } from './kept-secret.js';

const SERVER = 'http://127.0.0.1:1';

let home: string;
let paths: PortalPaths;
let file: string;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'portal-secret-'));
  paths = portalPaths({ XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state') });
  const secret = openSecret(paths, SERVER, 'json');
  await secret.write('a secret');
  ({ file } = secret);
});

const read = () => openSecret(paths, SERVER, 'json').read();

describe('what keeps a person signed in', () => {
  it('is a file of theirs alone, in a folder of theirs alone', () => {
    expect([lstatSync(file).mode & 0o777, lstatSync(paths.tokensFolder).mode & 0o777]).toEqual([0o600, 0o700]);
    expect([read(), notPrivateHere(paths, SERVER)]).toEqual(['a secret', undefined]);
  });

  it.each<readonly [string, string, () => void]>([
    ['others can read it', 'wide', () => chmodSync(file, 0o604)],
    ['its group can write it', 'wide', () => chmodSync(file, 0o620)],
    ['others can look into the folder', 'wide', () => chmodSync(paths.tokensFolder, 0o755)],
    ['it is a link', 'link', () => {
      renameSync(file, `${file}.elsewhere`);
      symlinkSync(`${file}.elsewhere`, file);
    }],
    ['the folder is a link', 'link', () => {
      renameSync(paths.tokensFolder, `${paths.tokensFolder}.elsewhere`);
      symlinkSync(`${paths.tokensFolder}.elsewhere`, paths.tokensFolder);
    }],
    ['it is a folder', 'kind', () => {
      renameSync(file, `${file}.elsewhere`);
      mkdirSync(file, 0o700);
    }],
    ['the key beside it is wide', 'wide', () => writeFileSync(openSecret(paths, SERVER, 'key').file, '{}', { mode: 0o644 })],
  ])('is not used where %s', async (_, why, spoil) => {
    spoil();
    expect(notPrivateHere(paths, SERVER)?.why).toBe(why);
    const { path } = notPrivateHere(paths, SERVER) ?? {};
    if (path?.endsWith('.key')) expect(() => openSecret(paths, SERVER, 'key').read()).toThrow('not private');
    else {
      expect(read).toThrow('not private');
      await expect(openSecret(paths, SERVER, 'json').write('more')).rejects.toThrow('not private');
    }
  });

  // Only root can give a file away.
  (process.getuid?.() === 0 ? it : it.skip)('nor where somebody else owns it', () => {
    chownSync(file, 12_345, 12_345);
    expect(notPrivateHere(paths, SERVER)).toEqual({ path: file, why: 'foreign' });
    expect(read).toThrow('not private');
  });
});

it('a keychain is used where one answers, and not where it is turned off or away', () => {
  const nobody = `unix:path=${join(home, 'no-bus')}`;
  expect(keychainEntry('n', { PORTAL_KEYCHAIN: '0', DBUS_SESSION_BUS_ADDRESS: nobody })).toBeUndefined();
  if (process.platform === 'linux') expect(keychainEntry('n', {})).toBeUndefined();
});
