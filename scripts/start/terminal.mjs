/**
 * The client in this terminal. The service is a process of its own, so that it outlives the client that started it while
 * others are connected; with PORTAL_LINGER it leaves by itself after the last one.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientBundle } from '../build.mjs';
import { runInTerminal, StepFailed } from '../child.mjs';
import { isAlive } from '../lock.mjs';
import { node } from '../paths.mjs';
import { announcement, credentialsFile, runningOn, serviceCommand } from './service.mjs';

const PATIENCE_MS = 120_000;
const LOG_LINES_SHOWN = 15;

export async function startInTerminal({ data, environment }) {
  const running = await runningOn(data);
  if (running !== undefined) return openClient(data, running, environment);
  process.stderr.write('Starting the service…\n');
  const started = await startService(data, environment);
  const shown = started.firstStart ? { PORTAL_SHOW_CREDENTIALS: credentialsFile(data) } : {};
  return openClient(data, started, { ...environment, ...shown });
}

/** Each start leaves a file while its client is open, so that the last one can tell the service that nobody is left. */
async function openClient(data, { url, pid }, environment) {
  const open = join(data, 'clients');
  const mine = join(open, String(process.pid));
  mkdirSync(open, { recursive: true });
  writeFileSync(mine, '');
  try {
    return await runInTerminal(node, [clientBundle], { env: { ...environment, PORTAL_SERVER: url } });
  } finally {
    rmSync(mine, { force: true });
    const others = readdirSync(open).some((name) => isAlive(Number(name)));
    if (!others && announcement(data)?.pid === pid) process.kill(pid, 'SIGUSR2');
  }
}

async function startService(data, environment) {
  await makeDataFolder(data);
  const log = join(data, 'service.log');
  const handle = openSync(log, 'a', 0o600);
  const from = statSync(log).size;
  const service = spawn(node, serviceCommand, {
    env: { ...environment, PORTAL_LINGER: '1' },
    stdio: ['ignore', handle, handle],
    detached: true,
  });
  closeSync(handle);
  let ended;
  service.once('exit', (code, signal) => (ended = signal ?? code ?? 'unknown'));
  service.once('error', (error) => (ended = error.message));
  service.unref();
  return untilReady({ data, service, hasEnded: () => ended, logSince: () => lastLines(log, from) });
}

async function makeDataFolder(data) {
  // Here and not above: who joins a service that runs needs nothing of it.
  const { makeFolder } = await import('@portal/event-store/embedded');
  try {
    makeFolder(data);
  } catch (error) {
    throw new StepFailed(`${data} cannot be the data folder: ${error.message}`, 2);
  }
}

async function untilReady({ data, service, hasEnded, logSince }) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const announced = announcement(data);
    if (announced?.pid === service.pid) return announced;
    if (hasEnded() !== undefined) return afterEnd(data, hasEnded(), logSince());
    await sleep(20);
  }
  service.kill('SIGTERM');
  throw new StepFailed(`The service was not ready within ${PATIENCE_MS / 1000} s:\n${logSince()}`, 1);
}

/** Two starts at one moment: the one that came second is refused the data folder and joins the first. */
async function afterEnd(data, code, log) {
  for (let tries = 0; tries < 50; tries += 1) {
    const other = await runningOn(data);
    if (other !== undefined) return { ...other, firstStart: false };
    if (!/already|in use|locked/i.test(log)) break;
    await sleep(200);
  }
  throw new StepFailed(`The service ended while starting (${code}):\n${log}`, 1);
}

function lastLines(log, from) {
  const text = readFileSync(log).subarray(from).toString('utf8').trimEnd();
  return text.split('\n').slice(-LOG_LINES_SHOWN).join('\n');
}
