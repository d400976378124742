import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

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

const KEPT = /\.(db|db-wal|db-shm|jsonl|json|key|lock)$/;
