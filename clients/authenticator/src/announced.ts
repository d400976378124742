import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { base, namesIn, readDeviceFile, type DeviceFile } from './device-file.js';
import { Failure } from './failure.js';

/** A service on this machine, as it announces itself. */
export interface Announced {
  readonly url?: string;
  readonly data?: string;
}

export const announced = (env: NodeJS.ProcessEnv): Announced =>
  readAnnouncement(join(base(env['XDG_STATE_HOME'], join('.local', 'state')), 'portal', 'service.json'));

/**
 * The device of a demo account, from the data folder of the service that runs there: the one that is named, else the one
 * that is announced on this machine. Its port may be another than that of the day when the demo was loaded.
 */
export function demoDevice(env: NodeJS.ProcessEnv, whose: string, named: string | undefined): DeviceFile {
  const here = announced(env);
  const data = named === undefined ? here.data : resolve(env['INIT_CWD'] ?? process.cwd(), named);
  if (data === undefined) throw new Failure('demo-service-missing', 4);
  const folder = join(data, 'demo-authenticators');
  const wanted = whose.toLowerCase();
  const file = namesIn(folder).find((name) => name === `${wanted}.json` || (name.startsWith(`${wanted}@`) && name.endsWith('.json')));
  if (file === undefined) throw new Failure('demo-unknown', 1, { username: whose, folder });
  const device = readDeviceFile(join(folder, file));
  const { url = here.data === data ? here.url : undefined } = readAnnouncement(join(data, 'service.json'));
  return { ...device, server: url ?? device.server };
}

/** One that is being written, or half-written by a crash, is none. */
function readAnnouncement(file: string): Announced {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Announced;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || error instanceof SyntaxError) return {};
    throw error;
  }
}
