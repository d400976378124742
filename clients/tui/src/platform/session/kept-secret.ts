import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PortalPaths } from '../paths.js';
import { notPrivate, NotPrivateError, type NotPrivate } from '../paths/private-check.js';
import { readIfThere, writePrivately } from '../paths/private-files.js';
import { keychainEntry } from './keychain.js';

/** Something that only this person's programs may read: tokens, the key that they are bound to, a sign-in at AMP. */
export interface KeptSecret {
  /** Where it stands where no keychain has it. */
  readonly file: string;
  readonly lockFile: string;
  /** Throws a `NotPrivateError` rather than read what somebody else may have read or put there. */
  readonly read: () => string | undefined;
  readonly write: (text: string) => Promise<void>;
  readonly remove: () => void;
}

const KINDS = ['json', 'key', 'amp'] as const;
type Kind = (typeof KINDS)[number];

/** Keyed by config path and server: two config folders are two people, two servers two sign-ins. */
export function openSecret(paths: PortalPaths, server: string, kind: Kind): KeptSecret {
  const file = fileOf(paths, server, kind);
  const entry = keychainEntry(`${paths.configFolder} ${server} ${kind}`);
  const fromFile = (): string | undefined => {
    requirePrivate(file);
    return readIfThere(file);
  };
  return {
    file,
    lockFile: join(paths.tokensFolder, kind === 'json' ? `${nameOf(paths, server)}.lock` : `${nameOf(paths, server)}.${kind}.lock`),
    // A file may be left from before there was a keychain.
    read: () => entry?.read() ?? fromFile(),
    write: async text => {
      requirePrivate(file);
      if (entry === undefined) return writePrivately(file, text);
      entry.write(text);
      rmSync(file, { force: true });
    },
    remove: () => {
      entry?.remove();
      rmSync(file, { force: true });
    },
  };
}

/** What stands in the way of keeping a sign-in here; to be said before anything is begun. */
export function notPrivateHere(paths: PortalPaths, server: string): NotPrivate | undefined {
  return KINDS.map((kind) => notPrivate(fileOf(paths, server, kind))).find((found) => found !== undefined);
}

function requirePrivate(file: string): void {
  const found = notPrivate(file);
  if (found !== undefined) throw new NotPrivateError(found);
}

function nameOf(paths: PortalPaths, server: string): string {
  return createHash('sha256').update(`${paths.configFolder}\n${server}`).digest('hex').slice(0, 32);
}

const fileOf = (paths: PortalPaths, server: string, kind: Kind): string => join(paths.tokensFolder, `${nameOf(paths, server)}.${kind}`);
