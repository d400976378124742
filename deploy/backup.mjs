/**
 * `node deploy/backup.mjs DATA TARGET`: copies what must be kept of a data folder, while a service runs on it or not, into
 * a new folder. The order is the point: what the log speaks of is copied after it, what speaks of the log before it.
 * What it says is made is on disk. Documents are in the data folder, or where `PORTAL_FILES` says it of the service.
 */
import { chmodSync, closeSync, cpSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

// Behind npm, the folder of this process is the checkout, and not where the person stands.
const [data, target] = process.argv.slice(2).map((word) => resolve(process.env.INIT_CWD ?? process.cwd(), word));
if (data === undefined || target === undefined) fail(2, 'usage: node deploy/backup.mjs DATA TARGET');
if (existsSync(target)) fail(1, `${target} is there already: nothing was done`);
// Heads that the log has not reached yet would contradict it; documents are kept before the log speaks of them.
const kept = ['notary.key', 'notary.jsonl', 'identity.key', 'events.db', 'identity.db'].filter((name) => existsSync(join(data, name)));
if (kept.length === 0) fail(1, `${data} holds nothing that is kept`);
const documents = documentsFolder();
process.umask(0o077);
const draft = `${target}.unfinished`;
rmSync(draft, { recursive: true, force: true });
makeFolder(draft);
for (const name of kept) await copy(join(data, name), join(draft, name));
if (documents !== undefined) copyDocuments(documents, join(draft, 'files'));
sync(draft);
renameSync(draft, target);
syncOne(dirname(target));
process.stdout.write(`${target}\n`);

/** Undefined where none can be found, which is said: they may be elsewhere. */
function documentsFolder() {
  const { PORTAL_FILES: named, PORTAL_FILES_FILE: file } = process.env;
  const set = file === undefined ? named : readFileSync(file, 'utf8').trim();
  const folder = set === undefined ? join(data, 'files') : resolve(set);
  if (existsSync(folder)) return folder;
  if (set !== undefined) fail(1, `PORTAL_FILES: ${folder} is not there: nothing was done`);
  if (kept.includes('events.db')) process.stderr.write(`no documents: ${folder} is not there; if PORTAL_FILES names another folder, set it here too\n`);
  return undefined;
}

async function copy(from, to) {
  if (from.endsWith('.db')) return copyDatabase(from, to);
  if (!from.endsWith('.jsonl')) return cpSync(from, to);
  // A line that is being written has no end yet, and says nothing.
  const lines = readFileSync(from);
  writeFileSync(to, lines.subarray(0, lines.lastIndexOf('\n') + 1));
}

/** Without those that are being written: they have no name yet, and may be gone before they are reached. */
function copyDocuments(from, to) {
  const unfinished = join(from, 'unfinished');
  cpSync(from, to, { recursive: true, dereference: true, filter: (path) => path !== unfinished });
}

async function copyDatabase(from, to) {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    // All at once: in pieces it would begin again with every write.
    await backup(source, to, { rate: 2 ** 31 - 1 });
  } finally {
    source.close();
  }
  chmodSync(to, 0o600);
  const copied = new DatabaseSync(to);
  const [{ quick_check: found }] = copied.prepare('PRAGMA quick_check').all();
  copied.close();
  if (found !== 'ok') fail(1, `${to} is not whole: ${found}`);
}

/** One level at a time: the name of each is on disk before anything is in it. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
  syncOne(dirname(folder));
}

/** All that is in it, then itself. */
function sync(path) {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) sync(join(path, name));
  syncOne(path);
}

function syncOne(path) {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function fail(code, words) {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
