import type { PortalPaths } from '../paths.js';
import { openSecret } from './kept-secret.js';
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
  /** Bound to this device's key: worth nothing without a proof by it. */
  readonly isBound?: true;
  /**
   * Set before the refresh token is sent and gone once its successor is stored. Found set, the token may have been
   * consumed. A bound one may be presented once more within ten seconds of that (ISO 8601); after it, or a second time,
   * it would look like theft and end the whole sign-in, so it is never sent again.
   */
  readonly presentedAt?: string;
  readonly presented?: true;
}

export interface TokenStore {
  readonly file: string;
  readonly lockFile: string;
  readonly read: () => Tokens | undefined;
  readonly write: (tokens: Tokens) => Promise<void>;
  readonly remove: () => void;
}

export function openTokenStore(paths: PortalPaths, server: string): TokenStore {
  const secret = openSecret(paths, server, 'json');
  return {
    file: secret.file,
    lockFile: secret.lockFile,
    read: () => tokensIn(secret.read()),
    write: tokens => secret.write(JSON.stringify(tokens)),
    remove: secret.remove,
  };
}

/** Half written by a machine that died they are none. */
function tokensIn(text: string | undefined): Tokens | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Tokens);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
