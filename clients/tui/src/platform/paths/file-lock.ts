import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateFolder, readIfThere } from './private-files.js';

/**
 * A lock between processes of one machine: a file that only one can create, naming its owner. Node has no flock,
 * so a lock whose owner died is taken away by whoever finds it, itself under a second, momentary lock.
 */
export interface FileLock {
  readonly release: () => void;
}

const WAIT_MS = 25;
/** The takeover lasts microseconds; a guard older than this was left by a machine that died in the middle of it. */
const GUARD_STALE_MS = 10_000;

/** Undefined where somebody living holds it. */
export function tryLock(path: string): FileLock | undefined {
  privateFolder(dirname(path));
  if (create(path)) return { release: () => rmSync(path, { force: true }) };
  if (isHeld(path) || !removeDead(path)) return undefined;
  return create(path) ? { release: () => rmSync(path, { force: true }) } : undefined;
}

/** Runs `work` while nobody else holds the lock; waits for it at most `timeoutMs`, then throws. */
export async function withLock<T>(path: string, work: () => Promise<T>, timeoutMs = 30_000): Promise<T> {
  const until = performance.now() + timeoutMs;
  let lock = tryLock(path);
  while (lock === undefined) {
    if (performance.now() > until) throw new Error(`another process keeps ${path} locked`);
    await sleep(WAIT_MS);
    lock = tryLock(path);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Whether the process that the lock names is still the one that took it. */
export function isHeld(path: string): boolean {
  const owner = readIfThere(path);
  if (owner === undefined) return false;
  // Created and not yet written: its owner is between two system calls, or died there.
  if (owner === '') return youngerThan(path, GUARD_STALE_MS);
  const [pid, startedAt] = owner.trim().split(' ');
  return isAlive(Number(pid)) && (startedAt ?? '') === processStart(Number(pid));
}

function create(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, `${process.pid} ${processStart(process.pid)}`);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeDead(path: string): boolean {
  const guard = `${path}.takeover`;
  if (!create(guard)) {
    if (!youngerThan(guard, GUARD_STALE_MS)) rmSync(guard, { force: true });
    return false;
  }
  try {
    if (isHeld(path)) return false;
    rmSync(path, { force: true });
    return true;
  } finally {
    rmSync(guard, { force: true });
  }
}

function youngerThan(path: string, ageMs: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < ageMs;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Tells a reused process number from the owner; empty where the system does not say (then the number alone counts). */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return '';
    throw error;
  }
}
