import { createHash } from 'node:crypto';
import {
  chmodSync, closeSync, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { Failure } from './failure.js';

/** What this device is for one account, where it was paired. The private key never leaves this file. */
export interface DeviceFile {
  readonly server: string;
  readonly device: string;
  readonly username: string;
  /** PKCS 8, PEM. */
  readonly privateKey: string;
}

/** Of every account that this device is paired with, by user name; at least one. */
export function readDevices(env: NodeJS.ProcessEnv): readonly DeviceFile[] {
  const folder = folderOf(env);
  const names = namesIn(folder).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw new Failure('not-paired', 3);
  return names.map((name) => readDeviceFile(join(folder, name))).sort((a, b) => (a.username < b.username ? -1 : 1));
}

/** A key that others can read, or that lies somewhere else, proves nobody. */
export function readDeviceFile(file: string): DeviceFile {
  const status = lstatSync(file);
  const isOwn = process.getuid === undefined || status.uid === process.getuid();
  if (!status.isFile() || (status.mode & 0o077) !== 0 || !isOwn) throw new Failure('key-not-private', 1, { file });
  return JSON.parse(readFileSync(file, 'utf8')) as DeviceFile;
}

/** As a whole, for its owner alone, and on disk. An account that is paired again gets its file anew. */
export function writeDevice(env: NodeJS.ProcessEnv, device: DeviceFile): void {
  const folder = folderOf(env);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const whose = createHash('sha256').update(`${device.server}\n${device.username}`).digest('hex').slice(0, 16);
  const path = join(folder, `device-${whose}.json`);
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeFileSync(file, JSON.stringify(device));
  fsyncSync(file);
  closeSync(file);
  chmodSync(`${path}.new`, 0o600);
  renameSync(`${path}.new`, path);
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}

const folderOf = (env: NodeJS.ProcessEnv): string =>
  join(base(env['XDG_DATA_HOME'], join('.local', 'share')), 'portal-authenticator');

/** A relative path in an XDG variable is to be ignored, says the specification. */
export function base(given: string | undefined, fallback: string): string {
  return given !== undefined && isAbsolute(given) ? given : join(homedir(), fallback);
}
