import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { welsh } from '../i18n/catalogue.js';
import { translator } from '../i18n/translate.js';
import { hasDesktop, printBytes } from './desktop.js';
import { notWrittenWords } from './not-written.js';
import { isStillThere, keepFile, keepIn, saveDocument, saveInFolder } from './save-document.js';

const folder = mkdtempSync(join(tmpdir(), 'portal-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));
const bytes = (text: string) => new TextEncoder().encode(text);
const fresh = (name: string) => {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
};

describe('what is kept in a folder', () => {
  it('never replaces another file, and of the same bytes there is one', async () => {
    const at = fresh('names');
    writeFileSync(join(at, 'a.pdf'), 'theirs');
    symlinkSync('/nowhere', join(at, 'a-2.pdf'));
    const kept = [];
    for (const text of ['one', 'two', 'one']) kept.push(await keepIn(bytes(text), 'a.pdf', at));
    expect(kept).toEqual(['a-3.pdf', 'a-4.pdf', 'a-3.pdf'].map((name) => ({ kind: 'saved', path: join(at, name) })));
    expect(readFileSync(join(at, 'a.pdf'), 'utf8')).toBe('theirs');
    expect(statSync(join(at, 'a-3.pdf')).mode & 0o777).toBe(0o600);
    expect(readdirSync(at).toSorted()).toEqual(['a-2.pdf', 'a-3.pdf', 'a-4.pdf', 'a.pdf']);
  });

  it('stays in it, whatever name the service gives', async () => {
    const at = fresh('inside');
    for (const name of ['../../x.pdf', '.profile', '/etc/x', 'a\u0000b\n.pdf']) await keepIn(bytes(name), name, at);
    expect(readdirSync(at).toSorted()).toEqual(['__.._x.pdf', '_etc_x', '_profile', 'a_b_.pdf']);
    writeFileSync(join(at, 'file'), '');
    expect(await keepIn(bytes('x'), 'x.pdf', join(at, 'file'))).toEqual({ kind: 'not-written', cause: 'ENOTDIR' });
    expect(await keepIn(bytes('x'), 'x.pdf', join(at, 'n'.repeat(300)))).toEqual({ kind: 'not-written', cause: 'ENAMETOOLONG' });
    expect(await isStillThere(join(at, 'n'.repeat(300)))).toBe(false);
    expect(await keepIn(bytes('x'), 'x.pdf', join(at, 'none'))).toEqual({ kind: 'not-written', cause: 'ENOENT' });
  });
});

describe('what is saved under a name that was typed', () => {
  it('is not even downloaded where the name cannot be', async () => {
    const none = { documents: { content: () => Promise.reject(new Error('it was downloaded')) } } as never;
    const one = { document: 'd-1', sha256: 'ab' };
    const at = fresh('typed');
    const save = (path: string) => saveDocument(none, one, path);
    expect(await save(join(at, 'n'.repeat(300)))).toEqual({ kind: 'ok', value: { kind: 'not-written', cause: 'ENAMETOOLONG' } });
    expect(await save(join(at, 'nul\u0000'))).toEqual({ kind: 'ok', value: { kind: 'not-written', cause: 'ERR_INVALID_ARG_VALUE' } });
    expect(await save(join(at, 'none', 'x.pdf'))).toEqual({ kind: 'ok', value: { kind: 'not-written', cause: 'ENOENT' } });
    expect(await save('/sys/x.pdf')).toMatchObject({ value: { kind: 'not-written' } });
    symlinkSync('/nowhere', join(at, 'link'));
    expect(await save(join(at, 'link'))).toMatchObject({ value: { kind: 'exists' } });
  });
});

describe('an export as CSV', () => {
  const rows = 'a,b\r\n1,2\r\n';
  const manifest = { schemaVersion: '1', component: '3000N1@2017-06', series: '2017-06', position: '7', source: 'ab', rows: 1, sumOfMarks: { centreMark: 1, moderatorMark: 2, finalMark: 2 }, sha256: 'cd' };
  const one = { document: 'd-1', sha256: createHash('sha256').update(rows).digest('hex'), format: 'csv', manifest, fileName: 'marks.csv' } as const;
  const api = { documents: { content: async (_: string, take: (response: Response) => unknown) => ({ kind: 'ok', value: await take(new Response(rows)) }) } } as never;
  const told = `${JSON.stringify(manifest, undefined, 2)}\n`;

  it('has its manifest beside it, whichever way it is saved; the other formats hold their own', async () => {
    const at = fresh('manifest');
    expect(await saveDocument(api, one, join(at, 'typed.csv'))).toEqual({ kind: 'ok', value: { kind: 'saved', path: join(at, 'typed.csv'), manifestPath: join(at, 'typed.csv.manifest.json') } });
    for (const _ of ['once', 'again']) await saveInFolder(api, one, at);
    await saveInFolder(api, { ...one, format: 'json', fileName: 'marks.json' }, at);
    expect(readdirSync(at).toSorted()).toEqual(['marks.csv', 'marks.csv.manifest.json', 'marks.json', 'typed.csv', 'typed.csv.manifest.json']);
    expect(['typed.csv', 'marks.csv'].map((name) => readFileSync(join(at, `${name}.manifest.json`), 'utf8'))).toEqual([told, told]);
  });

  it('never stands without it, nor it without the rows, and replaces nobody’s', async () => {
    const at = fresh('apart');
    writeFileSync(join(at, 'marks.csv.manifest.json'), 'theirs');
    expect(await saveDocument(api, one, join(at, 'marks.csv'))).toEqual({ kind: 'ok', value: { kind: 'exists', path: join(at, 'marks.csv.manifest.json'), isManifest: true } });
    writeFileSync(join(at, 'marks-2.csv'), 'theirs');
    expect(await saveInFolder(api, one, at)).toMatchObject({ value: { path: join(at, 'marks-3.csv') } });
    expect(await saveInFolder({ documents: { content: async () => ({ kind: 'offline' }) } } as never, { ...one, fileName: 'lost.csv' }, at)).toEqual({ kind: 'offline' });
    expect(readdirSync(at).toSorted()).toEqual(['marks-2.csv', 'marks-3.csv', 'marks-3.csv.manifest.json', 'marks.csv.manifest.json']);
  });
});

describe('a name as long as a file system takes', () => {
  const long = (bytes: number) => `${'n'.repeat(bytes - 4)}.pdf`;

  it('is kept, and one byte more is too long; nothing of it is left', async () => {
    const at = fresh('long');
    expect(await keepFile(bytes('x'), join(at, long(255)))).toEqual({ kind: 'saved', path: join(at, long(255)) });
    expect(await keepFile(bytes('x'), join(at, long(256)))).toEqual({ kind: 'not-written', cause: 'ENAMETOOLONG' });
    expect(readdirSync(at)).toEqual([long(255)]);
  });
});

describe('why something was not saved', () => {
  it.each([
    ['ENOENT', 'documents.not-written.no-folder'], ['ENOTDIR', 'documents.not-written.no-folder'],
    ['EACCES', 'documents.not-written.not-allowed'], ['EPERM', 'documents.not-written.not-allowed'], ['EROFS', 'documents.not-written.read-only'],
    ['ENOSPC', 'documents.not-written.no-room'], ['EDQUOT', 'documents.not-written.no-room'],
    ['ENAMETOOLONG', 'documents.not-written.long-name'], ['ERR_INVALID_ARG_VALUE', 'documents.not-written.no-name'],
    ['EIO', 'documents.not-written.other'], ['constructor', 'documents.not-written.other'],
  ])('%s is told in words, in both languages', (cause, id) => {
    expect(notWrittenWords(cause)).toBe(id);
    for (const language of ['en', 'cy'] as const) {
      const told = translator(language)(notWrittenWords(cause), { path: '~/a.pdf', cause });
      expect([told.includes('~/a.pdf'), told.includes(cause)]).toEqual([true, id.endsWith('other')]);
    }
    expect(welsh()[notWrittenWords(cause)]).toBeDefined();
  });
});

describe('this machine', () => {
  it('has a desktop where a window could be opened', () => {
    expect([hasDesktop({}, 'linux'), hasDesktop({ DISPLAY: ':0' }, 'linux'), hasDesktop({ WAYLAND_DISPLAY: 'w' }, 'linux')]).toEqual([false, true, true]);
    expect([hasDesktop({}, 'darwin'), hasDesktop({ SSH_CONNECTION: 'x' }, 'darwin'), hasDesktop({}, 'win32')]).toEqual([true, false, true]);
  });

  it('prints where it has a printer that takes it', async () => {
    const at = fresh('printer');
    const program = (text: string) => {
      writeFileSync(join(at, 'lp'), `#!/bin/sh\n${text}\n`);
      chmodSync(join(at, 'lp'), 0o755);
    };
    const big = new Uint8Array(1_000_000).fill(65);
    const print = (path: string) => printBytes(big, 'a.pdf', { PATH: path });
    expect(await print(fresh('empty'))).toBe('no-printer');
    program('exit 1');
    expect(await print(at)).toBe('refused');
    program(`/bin/cat > "${at}/out"`);
    expect([await print(at), statSync(join(at, 'out')).size]).toEqual(['printed', 1_000_000]);
  });
});
