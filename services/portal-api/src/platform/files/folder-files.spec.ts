import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { FilesUnavailableError } from './file-store.js';
import { openFolderFiles } from './folder-files.js';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const root = mkdtempSync(join(tmpdir(), 'portal-folder-'));
/** A real file system of 1 MiB where mounting is allowed. */
const disk = join(root, 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(root, { recursive: true, force: true });
});

it('a file that could not take its name leaves nothing behind', async () => {
  const folder = join(root, 'taken');
  const files = await openFolderFiles(folder);
  const bytes = Buffer.from('small');
  mkdirSync(join(folder, hashOf(bytes).slice(0, 2), hashOf(bytes).slice(2), 'a folder'), { recursive: true });
  await expect(files.put(hashOf(bytes), bytes)).rejects.toThrow(FilesUnavailableError);
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
});

(mounted ? describe : describe.skip)('a disk that is full', () => {
  it('is left as it was, and takes what fits', async () => {
    const files = await openFolderFiles(join(disk, 'files'));
    const free = (): number => statfsSync(disk).bfree;
    const before = free();
    const large = Buffer.alloc(2 * 1024 * 1024, 1);
    await expect(files.put(hashOf(large), large)).rejects.toMatchObject({ cause: { code: 'ENOSPC' } });
    expect([free(), readdirSync(join(disk, 'files', 'unfinished'))]).toEqual([before, []]);
    const small = Buffer.from('small');
    await files.put(hashOf(small), small);
    expect(await files.size(hashOf(small))).toBe(small.length);
  });
});

it('what is there already, of somebody who may have been killed, is on disk with its name when it has been put', async () => {
  const folder = join(root, 'killed');
  const bytes = Buffer.from('renamed, and no more');
  const [under, rest] = [hashOf(bytes).slice(0, 2), hashOf(bytes).slice(2)];
  mkdirSync(join(folder, under), { recursive: true });
  writeFileSync(join(folder, under, rest), bytes);
  const files = await openFolderFiles(folder);
  const synced = await syncedBy(() => files.put(hashOf(bytes), bytes));
  expect(synced.map((path) => relative(folder, path))).toEqual([join(under, rest), under, '']);
});

it('what is new is on disk before it has its name, and then its name', async () => {
  const folder = join(root, 'new');
  const bytes = Buffer.from('of now');
  const files = await openFolderFiles(folder);
  const synced = await syncedBy(() => files.put(hashOf(bytes), bytes));
  expect(synced.map((path) => relative(folder, path))).toEqual([expect.stringMatching(/^unfinished\/./), hashOf(bytes).slice(0, 2), '']);
});

/** What was really synced, by its path, oldest first. */
async function syncedBy(work: () => Promise<void>): Promise<readonly string[]> {
  const paths: string[] = [];
  const some = await open(root, 'r');
  const handles = Object.getPrototypeOf(some) as FileHandle;
  await some.close();
  const sync = Object.getOwnPropertyDescriptor(handles, 'sync') as PropertyDescriptor & { readonly value: () => Promise<void> };
  Object.defineProperty(handles, 'sync', {
    ...sync,
    async value(this: FileHandle) {
      await sync.value.call(this);
      paths.push(readlinkSync(`/proc/self/fd/${this.fd}`));
    },
  });
  try {
    await work();
  } finally {
    Object.defineProperty(handles, 'sync', sync);
  }
  return paths;
}
