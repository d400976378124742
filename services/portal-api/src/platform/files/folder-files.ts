import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { usableFolder } from '../usable-folder.js';
import type { ByteRange, FileStore } from './file-store.js';

/**
 * A folder, `ab/cdef…` under it for every file. What is written goes into a file of its own first and takes its name when
 * it is on disk: whoever is killed in the middle leaves nothing under a name that is not whole.
 */
export async function openFolderFiles(folder: string): Promise<FileStore> {
  const unfinished = join(folder, 'unfinished');
  usableFolder('PORTAL_FILES', folder);
  usableFolder('PORTAL_FILES', unfinished);
  await sweep(unfinished);
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2));
  const onDisk = new Set<string>();
  const size = (sha256: string): Promise<number | undefined> => sizeOf(pathOf(sha256));
  return {
    size,
    async put(sha256, bytes) {
      if ((await size(sha256)) === bytes.length) return;
      const temporary = join(unfinished, randomUUID());
      await write(temporary, bytes);
      const under = dirname(pathOf(sha256));
      await mkdir(under, { recursive: true, mode: 0o700 });
      await rename(temporary, pathOf(sha256));
      await syncFolder(under);
      // Once: the disk is also the log's.
      if (!onDisk.has(under)) await syncFolder(folder);
      onDisk.add(under);
    },
    async read(sha256, range) {
      return createReadStream(pathOf(sha256), rangeOf(range)).pause();
    },
    close: () => Promise.resolve(),
  };
}

const rangeOf = (range: ByteRange | undefined) => (range === undefined ? {} : { start: range.from, end: range.to });

async function write(file: string, bytes: Uint8Array): Promise<void> {
  const opened = await open(file, 'wx', 0o600);
  try {
    await opened.writeFile(bytes);
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** A name that is not on disk is no name after a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** What a killed process left. Younger ones may be another process's that writes at this moment. */
async function sweep(unfinished: string): Promise<void> {
  for (const name of await readdir(unfinished)) {
    const file = join(unfinished, name);
    const { mtimeMs = Date.now() } = (await found(file)) ?? {};
    if (Date.now() - mtimeMs > LEFT_AFTER_MS) await rm(file, { force: true });
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await found(file))?.size;
}

async function found(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const LEFT_AFTER_MS = 60 * 60 * 1000;
