import { accessSync, constants, mkdirSync } from 'node:fs';
import { ConfigError } from './engines.js';

/** Made where it is missing, for nobody else. Throws a `ConfigError` that names the setting where nothing could be written there. */
export function usableFolder(setting: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError(`${setting}: ${(error as Error).message}`);
  }
}
