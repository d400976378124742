import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readJsonIfThere, writePrivately } from '../paths/private-files.js';
import type { Cookie, CookieJar } from './cookies.js';
import type { SessionOptions } from './session.js';

/** The provider knows by it that somebody signed in here before: strangers' wrong passwords then lock nobody out here. */
const DEVICE = 'portal_device';

export function keptDevice(options: SessionOptions): Cookie | undefined {
  const kept = readJsonIfThere<Partial<Cookie>>(fileOf(options));
  const { value, path } = kept ?? {};
  return typeof value === 'string' && typeof path === 'string' ? { name: DEVICE, value, path } : undefined;
}

/** As a header, for what the provider's cookies do not go to by themselves. */
export function deviceCookie(options: SessionOptions): string | undefined {
  const kept = keptDevice(options);
  return kept && `${kept.name}=${kept.value}`;
}

export async function keepDevice(options: SessionOptions, jar: CookieJar): Promise<void> {
  const cookie = jar.find(DEVICE);
  if (cookie !== undefined) await writePrivately(fileOf(options), JSON.stringify(cookie));
}

/** One for each server and config folder, as the tokens are. */
function fileOf({ paths, server }: SessionOptions): string {
  const key = createHash('sha256').update(`${paths.configFolder}\n${server}`).digest('hex').slice(0, 32);
  return join(paths.stateFolder, 'devices', `${key}.json`);
}
