import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isHeld, tryLock, withLock } from './file-lock.js';

const folder = () => mkdtempSync(join(tmpdir(), 'portal-lock-'));

/** Adds one to a number in a file, fifty times, each time reading, waiting a little and writing. */
const ADDER = (module: string, counter: string, locked: boolean) => `
  import { readFileSync, writeFileSync } from 'node:fs';
  import { withLock } from ${JSON.stringify(module)};
  const add = async () => {
    const before = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
    await new Promise(resolve => setTimeout(resolve, 1));
    writeFileSync(${JSON.stringify(counter)}, String(before + 1));
  };
  for (let i = 0; i < 25; i++) await (${locked} ? withLock(${JSON.stringify(`${counter}.lock`)}, add) : add());
`;

async function addInProcesses(locked: boolean): Promise<number> {
  const counter = join(folder(), 'counter');
  writeFileSync(counter, '0');
  const script = ADDER(new URL('./file-lock.js', import.meta.url).href, counter, locked);
  await Promise.all(
    [1, 2, 3, 4].map(
      () =>
        new Promise<void>((resolve, reject) => {
          const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
          child.on('exit', code => (code === 0 ? resolve() : reject(new Error(`exit ${code}`))));
        }),
    ),
  );
  return Number(readFileSync(counter, 'utf8'));
}

describe('a lock between processes', () => {
  it('lets four processes add to one number without losing one', async () => {
    expect(await addInProcesses(true)).toBe(100);
  });

  it('is what makes the difference: without it some are lost', async () => {
    expect(await addInProcesses(false)).toBeLessThan(100);
  });

  it('is refused while its owner lives and taken over when the owner is gone', () => {
    const path = join(folder(), 'lock');
    const lock = tryLock(path);
    expect(lock).toBeDefined();
    expect(tryLock(path)).toBeUndefined();
    lock!.release();
    expect(isHeld(path)).toBe(false);
    writeFileSync(path, '999999999 1');
    expect(tryLock(path)).toBeDefined();
  });

  it('knows a process number used again from its owner', () => {
    const path = join(folder(), 'lock');
    writeFileSync(path, `${process.pid} 1`);
    expect(isHeld(path)).toBe(false);
  });

  it('is released when the work throws', async () => {
    const path = join(folder(), 'lock');
    await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(isHeld(path)).toBe(false);
  });
});
