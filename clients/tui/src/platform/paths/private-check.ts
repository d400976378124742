import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';

/** Why a file that is to be private is not: somebody else may have read it, or put it there. */
export interface NotPrivate {
  readonly path: string;
  readonly why: 'link' | 'foreign' | 'wide' | 'kind';
}

export class NotPrivateError extends Error {
  constructor(readonly found: NotPrivate) {
    super(`${found.path} is not private: ${found.why}`);
  }
}

/** Of the file and the folder it stands in; undefined where both are this person's alone, or not there yet. */
export function notPrivate(file: string): NotPrivate | undefined {
  return look(dirname(file), 'folder') ?? look(file, 'file');
}

function look(path: string, kind: 'file' | 'folder'): NotPrivate | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) return { path, why: 'link' };
  if (kind === 'file' ? !found.isFile() : !found.isDirectory()) return { path, why: 'kind' };
  // Where the system has no such owners and modes its own rules hold.
  if (process.getuid === undefined) return undefined;
  if (found.uid !== process.getuid()) return { path, why: 'foreign' };
  return (found.mode & 0o077) === 0 ? undefined : { path, why: 'wide' };
}
