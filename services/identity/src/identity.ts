import { join } from 'node:path';
import type { Provider } from 'oidc-provider';
import type { EventStore, Streams } from '@portal/event-store';
import { AccountDirectory } from './accounts/account-directory.js';
import { Invitations } from './accounts/invitations.js';
import { Logins } from './accounts/logins.js';
import { restoreLogins } from './accounts/restore-logins.js';
import { IdentityHttp } from './http/identity-http.js';
import { openDatabase, type Database } from './platform/database.js';
import { logError } from './platform/logging.js';
import { Passwords } from './platform/passwords.js';
import { loadSecrets } from './platform/secrets.js';
import { adapterIn, forgetExpired } from './provider/adapter.js';
import { createOwnTokens } from './provider/own-tokens.js';
import type { ProviderParts } from './provider/provider.js';
import { SignIns } from './provider/sign-ins.js';
import { Attempts } from './sign-in/attempts.js';

export interface IdentityOptions {
  /** `http://127.0.0.1:PORT/oidc`: the paths that identity answers stand under the same origin. */
  readonly issuer: string;
  /** Where `identity.db` stands. */
  readonly folder: string;
  readonly streams: Streams;
  readonly events: EventStore;
  readonly clock: () => Date;
}

export interface Identity {
  readonly directory: AccountDirectory;
  readonly http: IdentityHttp;
  readonly signIns: SignIns;
}

/** Opens identity's own store and builds everything on it. Closed by `http.close()`. */
export async function openIdentity({ issuer, folder, streams, events, clock }: IdentityOptions): Promise<Identity> {
  const database = openDatabase(join(folder, 'identity.db'));
  const secrets = loadSecrets(database);
  const logins = new Logins(database);
  await restoreLogins(logins, events);
  const passwords = new Passwords();
  const signIns = new SignIns(database, streams);
  const invitations = new Invitations(database, secrets, clock);
  const directory = new AccountDirectory({ database, streams, logins, invitations, passwords, signIns, clock });
  const provider = loadLater({ issuer, adapter: adapterIn(database), secrets, logins, signIns }, () => database.isOpen);
  const stopCleaning = cleanRegularly(database, signIns, clock);
  const close = (): void => {
    stopCleaning();
    if (database.isOpen) database.close();
  };
  const attempts = new Attempts(clock);
  const http = new IdentityHttp({
    provider, streams, logins, passwords, attempts, signIns, secrets, clock, directory, close,
    ownTokens: createOwnTokens(issuer, secrets),
  });
  return { directory, http, signIns };
}

/**
 * The provider's library is loaded when it is first asked for, or soon after the start: it takes a quarter of a second
 * that nobody should wait for.
 */
function loadLater(parts: ProviderParts, isOpen: () => boolean): () => Promise<Provider> {
  let loaded: Promise<Provider> | undefined;
  const load = () => (loaded ??= import('./provider/provider.js').then(({ createProvider }) => createProvider(parts)));
  const loadAhead = () => load().catch((error: unknown) => logError('the provider cannot be built', error as Error));
  setTimeout(() => void (isOpen() && loadAhead()), LOAD_AFTER_MS).unref();
  return load;
}

const LOAD_AFTER_MS = 400;

function cleanRegularly(database: Database, signIns: SignIns, clock: () => Date): () => void {
  const clean = (): void => {
    forgetExpired(database, clock());
    signIns.cleanUp(clock()).catch((error: unknown) => logError('cleaning up failed', error as Error));
  };
  // The first one after the start, which it would only delay.
  const first = setTimeout(clean, 5_000).unref();
  const regular = setInterval(clean, CLEAN_EVERY_MS).unref();
  return () => {
    clearTimeout(first);
    clearInterval(regular);
  };
}

const CLEAN_EVERY_MS = 10 * 60 * 1000;
