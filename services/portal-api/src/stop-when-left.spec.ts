import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { stopWhenLeft } from './stop-when-left.js';

const LINGER_MS = 20;

let data: string;
let listening: number;
let leave: (left: number) => void;
let stopped: boolean;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'portal-left-'));
  [listening, stopped] = [0, false];
  const doorbell = { get listening() { return listening; }, onLeft: (listener: (left: number) => void) => void (leave = listener) };
  stopWhenLeft(doorbell, data, () => void (stopped = true), LINGER_MS);
});
afterEach(() => {
  process.removeAllListeners('SIGUSR2');
  rmSync(data, { recursive: true });
});

const opened = (pid: number): void => {
  mkdirSync(join(data, 'clients'), { recursive: true });
  writeFileSync(join(data, 'clients', String(pid)), '');
};
const isStoppedAfter = async (happens: () => void): Promise<boolean> => {
  happens();
  await pause(10 * LINGER_MS);
  return stopped;
};

it('stays for a client that is open where somebody has signed out, and goes when that has ended', async () => {
  opened(process.pid);
  expect(await isStoppedAfter(() => leave(0))).toBe(false);
  rmSync(join(data, 'clients', String(process.pid)));
  expect(await isStoppedAfter(() => void process.emit('SIGUSR2'))).toBe(true);
});

it('goes after the last that listened, also where a starter was killed and left its file', async () => {
  opened(spawnSync(process.execPath, ['-e', '0']).pid);
  expect(await isStoppedAfter(() => leave(1))).toBe(false);
  expect(await isStoppedAfter(() => leave(0))).toBe(true);
});

it('stays where somebody listens again within the time', async () => {
  const back = (): void => {
    leave(0);
    listening = 1;
  };
  expect(await isStoppedAfter(back)).toBe(false);
});
