import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { usableFolder } from '../usable-folder.js';
import { FilesUnavailableError, type ByteRange, type FileStore } from './file-store.js';

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
  const put = async (file: string, bytes: Uint8Array): Promise<void> => {
    const under = dirname(file);
    // One that is there may be of somebody who was killed before its name was on disk.
    if ((await sizeOf(file)) === bytes.length) await sync(file);
    else await write(join(unfinished, randomUUID()), file, bytes);
    await sync(under);
    // Once: the disk is also the log's.
    if (!onDisk.has(under)) await sync(folder);
    onDisk.add(under);
  };
  return {
    size: (sha256) => usable(sizeOf(pathOf(sha256))),
    put: (sha256, bytes) => usable(put(pathOf(sha256), bytes)),
    read: async (sha256, range) => (await usable(open(pathOf(sha256), 'r'))).createReadStream(rangeOf(range)),
    close: () => Promise.resolve(),
  };
}

/** Whatever the system says of the folder says nothing of a file: no room, no disk, no right, no folder. */
async function usable<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new FilesUnavailableError(`the folder of documents: ${message}`, { cause: error });
  }
}

const rangeOf = (range: ByteRange | undefined) => (range === undefined ? {} : { start: range.from, end: range.to });

/** Whole under its name, or not at all: what could not be finished would only take more of a disk that is full. */
async function write(temporary: string, file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(temporary, bytes, { flag: 'wx', mode: 0o600, flush: true });
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A file, or the names in a folder: a name that is not on disk is no name after a power cut. */
async function sync(path: string): Promise<void> {
  const opened = await open(path, 'r');
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
