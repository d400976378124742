/**
 * `node deploy/backup.mjs DATA TARGET`: copies what must be kept of a data folder, while a service runs on it or not, into
 * a new folder. The order is the point: what the log speaks of is copied after it, what speaks of the log before it.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

// Behind npm, the folder of this process is the checkout, and not where the person stands.
const [data, target] = process.argv.slice(2).map((word) => resolve(process.env.INIT_CWD ?? process.cwd(), word));
if (data === undefined || target === undefined) fail(2, 'usage: node deploy/backup.mjs DATA TARGET');
if (existsSync(target)) fail(1, `${target} is there already: nothing was done`);
// Heads that the log has not reached yet would contradict it; documents are kept before the log speaks of them.
const kept = ['notary.key', 'notary.jsonl', 'identity.key', 'events.db', 'identity.db', 'files'].filter((name) => existsSync(join(data, name)));
if (kept.length === 0) fail(1, `${data} holds nothing that is kept`);
process.umask(0o077);
const draft = `${target}.unfinished`;
rmSync(draft, { recursive: true, force: true });
mkdirSync(draft, { recursive: true });
for (const name of kept) await copy(name);
renameSync(draft, target);
process.stdout.write(`${target}\n`);

async function copy(name) {
  const [from, to] = [join(data, name), join(draft, name)];
  if (!name.endsWith('.db')) return void cpSync(from, to, { recursive: true });
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

function fail(code, words) {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
