import { accessSync, constants } from 'node:fs';
import { makeFolder } from '@portal/event-store/embedded';
import { ConfigError } from './engines.js';

/** Made where it is missing, for nobody else. Throws a `ConfigError` that names the setting where nothing could be written there. */
export function usableFolder(setting: string, folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError(`${setting}: ${(error as Error).message}`);
  }
}
