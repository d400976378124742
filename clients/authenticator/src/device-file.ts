import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { Failure } from './failure.js';

/** What this device is, where it was paired. The private key never leaves this file. */
export interface DeviceFile {
  readonly server: string;
  readonly device: string;
  readonly username: string;
  /** PKCS 8, PEM. */
  readonly privateKey: string;
}

export function readDevice(env: NodeJS.ProcessEnv): DeviceFile {
  const file = fileOf(env);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Failure('not-paired', 3);
  }
  if ((statSync(file).mode & 0o077) !== 0) throw new Failure('key-not-private', 1, { file });
  return JSON.parse(text) as DeviceFile;
}

/** As a whole, for its owner alone, and on disk. */
export function writeDevice(env: NodeJS.ProcessEnv, device: DeviceFile): void {
  const folder = folderOf(env);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const fresh = `${fileOf(env)}.new`;
  const file = openSync(fresh, 'w', 0o600);
  writeFileSync(file, JSON.stringify(device));
  fsyncSync(file);
  closeSync(file);
  chmodSync(fresh, 0o600);
  renameSync(fresh, fileOf(env));
}

/** Where a service on this machine announces itself. */
export function announcedServer(env: NodeJS.ProcessEnv): string | undefined {
  try {
    const file = join(base(env['XDG_STATE_HOME'], join('.local', 'state')), 'portal', 'service.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { url?: string }).url;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const folderOf = (env: NodeJS.ProcessEnv): string =>
  join(base(env['XDG_DATA_HOME'], join('.local', 'share')), 'portal-authenticator');
const fileOf = (env: NodeJS.ProcessEnv): string => join(folderOf(env), 'device.json');

/** A relative path in an XDG variable is to be ignored, says the specification. */
function base(given: string | undefined, fallback: string): string {
  return given !== undefined && isAbsolute(given) ? given : join(homedir(), fallback);
}
