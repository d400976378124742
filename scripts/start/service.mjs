/** What a start knows about the service of a data folder: the entry, and who runs there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../lock.mjs';
import { inRoot } from '../paths.mjs';

/** What Node is to run: a request leaves much behind that is soon forgotten, and a larger nursery (MiB) forgets it cheaply. */
export const serviceCommand = [
  ...JSON.parse(readFileSync(inRoot('services', 'portal-api', 'node-flags.json'), 'utf8')),
  inRoot('services', 'portal-api', 'dist', 'main.js'),
];

/** The announcement of the service that runs on this folder and answers; undefined where none does. */
export async function runningOn(data) {
  const announced = announcement(data);
  return announced !== undefined && isAlive(announced.pid) && (await answers(announced.url)) ? announced : undefined;
}

export function announcement(data) {
  const file = join(data, 'service.json');
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // being written, or left half-written by a crash: no service is announced
  }
}

/** Any answer is a sign of life; another program on an old port is told apart by the process id before this. */
async function answers(url) {
  try {
    await fetch(new URL('/health', url), { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
}

/** Empty where the demo was not loaded. */
export function demoCredentials(data) {
  const file = credentialsFile(data);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

export const credentialsFile = (data) => join(data, 'demo-credentials.json');
