import { createHash, randomUUID } from 'node:crypto';
import { link, lstat, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Document } from '@portal/contract';
import type { Api } from '../api/api.js';
import type { ApiResult } from '../api/result.js';
import { safeName } from './safe-name.js';

/** `damaged`: what came is not what the service says it keeps; `not-written`: this machine would not take it. `isManifest`: that beside it. */
export type Saved =
  | { readonly kind: 'saved'; readonly path: string; readonly manifestPath?: string }
  | { readonly kind: 'exists'; readonly path: string; readonly isManifest?: true }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'not-written'; readonly cause: string; readonly isManifest?: true };

export type NotSaved = Exclude<Saved, { kind: 'saved' }>;

type Bytes = { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly kind: 'damaged' };

/** The bytes of a document, held against the SHA-256 that the service told of them. */
export function readDocument(api: Api, { document, sha256 }: Pick<Document, 'document' | 'sha256'>): Promise<ApiResult<Bytes>> {
  return api.documents.content(document, async (response): Promise<Bytes> => {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isWhole = createHash('sha256').update(bytes).digest('hex') === sha256;
    return isWhole ? { kind: 'bytes', bytes } : { kind: 'damaged' };
  });
}

type Savable = Pick<Document, 'document' | 'sha256' | 'format' | 'manifest'>;

/** As a new file, whole or not at all: one that stands there already is never replaced. */
export async function saveDocument(api: Api, document: Savable, path: string): Promise<ApiResult<Saved>> {
  const manifest = manifestOf(document);
  // A download is recorded: none is begun that could not be kept.
  const no = await inTheWay(path, manifest !== undefined);
  if (no !== undefined) return { kind: 'ok', value: no };
  const read = await readDocument(api, document);
  if (read.kind !== 'ok') return read;
  if (read.value.kind === 'damaged') return { kind: 'ok', value: read.value };
  const { bytes } = read.value;
  return { kind: 'ok', value: await causeOf(() => keepBoth({ bytes, manifest }, path, keepFile)) };
}

/** Why no new file could be kept there, as far as can be seen: to be asked before anything that is recorded. */
export function inTheWay(path: string, hasManifest: boolean): Promise<NotSaved | undefined> {
  return causeOf(async () => {
    if (await isThere(path)) return { kind: 'exists', path };
    if (hasManifest && (await isThere(besideOf(path)))) return { kind: 'exists', path: besideOf(path), isManifest: true };
    // Whether one can be made there only one that is made says: folders, rights and disks have many ways to refuse.
    const trial = beside(path);
    try {
      await (await open(trial, 'wx', 0o600)).close();
    } finally {
      await rm(trial, { force: true });
    }
    return undefined;
  });
}

/** Under its own name, or one that is counted on from it. */
export async function saveInFolder(api: Api, document: Savable & Pick<Document, 'fileName'>, folder: string): Promise<ApiResult<Saved>> {
  const read = await readDocument(api, document);
  if (read.kind !== 'ok') return read;
  if (read.value.kind === 'damaged') return { kind: 'ok', value: read.value };
  return { kind: 'ok', value: await keepIn(read.value.bytes, document.fileName, folder, manifestOf(document)) };
}

/** Of the same bytes one file is enough; another's stays as it is. */
export function keepIn(bytes: Uint8Array, fileName: string, folder: string, manifest?: Uint8Array): Promise<Saved> {
  return causeOf(() => keepUnderSomeName({ bytes, manifest }, fileName, folder));
}

async function keepUnderSomeName(what: Kept, fileName: string, folder: string): Promise<Saved> {
  const name = safeName(fileName);
  const extension = extname(name);
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? name : `${name.slice(0, name.length - extension.length)}-${count}${extension}`);
    const kept = await keepBoth(what, path, keepOrFind);
    if (kept.kind !== 'exists' || count === MOST_NAMES) return kept;
  }
}

const MOST_NAMES = 99;

/** `manifest`: what an export is held against, where its format has no room for it. */
interface Kept {
  readonly bytes: Uint8Array;
  readonly manifest: Uint8Array | undefined;
}

const manifestOf = ({ format, manifest }: Savable): Uint8Array | undefined =>
  format === 'csv' && manifest !== undefined ? Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`) : undefined;

const besideOf = (path: string): string => `${path}${MANIFEST}`;
export const MANIFEST = '.manifest.json';

/** The manifest first: it is taken away again where the rows cannot be kept, so neither stands alone. */
async function keepBoth({ bytes, manifest }: Kept, path: string, keep: typeof keepFile): Promise<Saved> {
  if (manifest === undefined) return keep(bytes, path);
  const wasThere = await isThere(besideOf(path));
  const beside = await keep(manifest, besideOf(path));
  if (beside.kind === 'damaged') return beside;
  if (beside.kind !== 'saved') return { ...beside, isManifest: true };
  const kept = await keep(bytes, path);
  if (kept.kind === 'saved') return { ...kept, manifestPath: beside.path };
  if (!wasThere) await rm(beside.path);
  return kept;
}

async function keepOrFind(bytes: Uint8Array, path: string): Promise<Saved> {
  const kept = await keepFile(bytes, path);
  return kept.kind === 'exists' && (await isSame(path, bytes)) ? { kind: 'saved', path } : kept;
}

async function isSame(path: string, bytes: Uint8Array): Promise<boolean> {
  const there = await lstat(path);
  return there.isFile() && there.size === bytes.length && (await readFile(path)).equals(bytes);
}

/** What the disk refuses is an answer; all else is a mistake of ours. */
async function causeOf<T>(work: () => Promise<T>): Promise<T | Extract<Saved, { kind: 'not-written' }>> {
  try {
    return await work();
  } catch (error) {
    const { code: cause } = error as NodeJS.ErrnoException;
    if (cause === undefined) throw error;
    return { kind: 'not-written', cause };
  }
}

/** Whether what was saved lies there yet, as far as can be seen. */
export async function isStillThere(path: string): Promise<boolean> {
  return (await causeOf(() => isThere(path))) === true;
}

/** A new file of mode 0600. */
export async function keepFile(bytes: Uint8Array, path: string): Promise<Saved> {
  const temporary = beside(path);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await nameIt(temporary, path);
    return { kind: 'saved', path };
  } catch (error) {
    const cause = (error as NodeJS.ErrnoException).code;
    if (cause === undefined) throw error;
    return cause === 'EEXIST' ? { kind: 'exists', path } : { kind: 'not-written', cause };
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A name that is not longer for a longer one: a file system takes 255 bytes. */
const beside = (path: string): string => join(dirname(path), `.portal-${randomUUID()}.part`);

/** A link never replaces what somebody else put there in the meantime; not every file system has links. */
async function nameIt(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(code)) throw error;
    if (await isThere(path)) throw Object.assign(new Error(path), { code: 'EEXIST' });
    await rename(temporary, path);
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}
