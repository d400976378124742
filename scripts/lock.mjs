/** One install or build at a time in one checkout, however many starts run at once. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './paths.mjs';

const file = join(cache, 'run.lock');
/** A holder that died and whose process id was given to another is believed for this long. */
const BELIEVED_MS = 30 * 60_000;

export async function locked(work) {
  mkdirSync(cache, { recursive: true });
  for (let told = false; !take(); await sleep(200)) {
    if (!told) process.stderr.write('Another start is installing or building here; waiting for it.\n');
    told = true;
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take() {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned()) rmSync(file, { force: true });
    return false;
  }
}

function isAbandoned() {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    const age = Date.now() - statSync(file).mtimeMs;
    // An empty file is one that is being written at this moment.
    return holder === 0 ? age > 5_000 : age > BELIEVED_MS || !isAlive(holder);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
