import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Ready } from '@portal/contract';
import { makeFolder } from '@portal/event-store/embedded';
import type { Config } from './platform/config.js';

/** Where this machine's command line looks for a service; `service.json` in the data folder is for the starter. */
const announcements = (data: string): readonly string[] => {
  const state = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return [join(data, 'service.json'), join(state, 'portal', 'service.json')];
};

export function announce(ready: Ready): void {
  for (const file of announcements(ready.data)) {
    makeFolder(dirname(file));
    writeFileSync(file, `${JSON.stringify(ready)}\n`);
  }
  writeFileSync(join(ready.data, 'port'), new URL(ready.url).port);
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

/** Takes back what this process announced, and nothing that another did since. */
export function withdraw(data: string): void {
  for (const file of announcements(data)) {
    if (pidIn(file) === process.pid) rmSync(file, { force: true });
  }
}

/**
 * The port asked for; else that of the last start, so that the signed in stay so; else a free one. Tried before anything
 * is loaded: one that is taken is said at once.
 */
export async function choosePort({ port: asked, host, data }: Pick<Config, 'port' | 'host' | 'data'>): Promise<number> {
  if (asked !== 0) return tried(asked, host);
  const last = Number(/^\d{1,5}$/.exec(textOf(join(data, 'port')) ?? '')?.[0] ?? 0);
  return tried(last, host).catch((error: NodeJS.ErrnoException) => {
    if (last === 0 || error.code !== 'EADDRINUSE') throw error;
    return tried(0, host);
  });
}

/** 0: any. Throws `EADDRINUSE` where somebody listens there. */
async function tried(port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(port, host, () => {
    const found = (probe.address() as AddressInfo).port;
    probe.close(() => resolve(found));
  });
  return promise;
}

function pidIn(file: string): number | undefined {
  const text = textOf(file);
  return text === undefined ? undefined : (JSON.parse(text) as { pid?: number }).pid;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
