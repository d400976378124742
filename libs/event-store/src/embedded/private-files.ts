import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What services write in a data folder is for their own account alone: new files by the umask of the process, files of
 * before by this. The folder itself may be anybody's choice, and stays as it is.
 */
export function narrowFiles(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => KEPT.test(one))) {
    const file = join(folder, name);
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0) chmodSync(file, mode & 0o700);
  }
}

/** For `process.umask`, before anything is opened. */
export const OWN_ONLY = 0o077;

/**
 * Made where it is missing, for nobody else. One level at a time: the runtime's own way to make them all never returns
 * where a folder that is there says that it is not, as /proc does.
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in between.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const KEPT = /\.(db|db-wal|db-shm|jsonl|json|key|lock)$/;
