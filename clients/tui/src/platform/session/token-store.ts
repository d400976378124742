import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PortalPaths } from '../paths.js';
import { readJsonIfThere, writePrivately } from '../paths/private-files.js';
import type { ProviderSettings } from './provider.js';

/** One sign-in at one server, as it lies on disk (0600) for every window and every command of this person. */
export interface Tokens {
  readonly accessToken: string;
  /** ISO 8601. */
  readonly accessEndsAt: string;
  /** Absent where the provider gave none: the sign-in then ends with the access token. */
  readonly refreshToken?: string;
  /** Whose they are: it is shown to no other. Absent: the service's own. */
  readonly provider?: ProviderSettings;
  /**
   * Set before the refresh token is sent and gone once its successor is stored. Found set, the token may have been
   * consumed; presenting it again would look like theft and end the whole sign-in, so it is never sent again.
   */
  readonly presented?: true;
}

export interface TokenStore {
  readonly file: string;
  readonly lockFile: string;
  readonly read: () => Tokens | undefined;
  readonly write: (tokens: Tokens) => Promise<void>;
  readonly remove: () => void;
}

/** Keyed by config path and server: two config folders are two people, two servers two sign-ins. */
export function openTokenStore(paths: PortalPaths, server: string): TokenStore {
  const key = createHash('sha256').update(`${paths.configFolder}\n${server}`).digest('hex').slice(0, 32);
  const file = join(paths.tokensFolder, `${key}.json`);
  return {
    file,
    lockFile: join(paths.tokensFolder, `${key}.lock`),
    read: () => readJsonIfThere<Tokens>(file),
    write: tokens => writePrivately(file, JSON.stringify(tokens)),
    remove: () => rmSync(file, { force: true }),
  };
}
