import { join } from 'node:path';
import type { Provider } from 'oidc-provider';
import type { EventStore, Streams } from '@portal/event-store';
import { AccountDirectory } from './accounts/account-directory.js';
import { Contacts } from './accounts/contacts.js';
import { Invitations } from './accounts/invitations.js';
import { Logins } from './accounts/logins.js';
import { PasswordRecovery } from './accounts/password-recovery.js';
import { PostOffice } from './accounts/post-office.js';
import { MailedCodes } from './accounts/recovery-codes.js';
import { restoreLogins } from './accounts/restore-logins.js';
import { Enrolment } from './factors/enrolment.js';
import { SecondFactors } from './factors/second-factors.js';
import { trustedProxies, type TrustedProxies } from './http/client-address.js';
import { IdentityHttp } from './http/identity-http.js';
import { openDatabase, type Database } from './platform/database.js';
import { logError } from './platform/logging.js';
import { Passwords } from './platform/passwords.js';
import { loadSecrets } from './platform/secrets.js';
import { mailGatewayOf, type MailSetting } from './platform/mail.js';
import { SigningKeys } from './platform/signing-keys.js';
import { smsGatewayOf, type SmsSetting } from './platform/sms.js';
import { openVault } from './platform/vault.js';
import { adapterIn, forgetExpired } from './provider/adapter.js';
import { AmpSessions } from './provider/amp-sessions.js';
import { Consumptions } from './provider/consumptions.js';
import { createOwnTokens } from './provider/own-tokens.js';
import type { ProviderParts } from './provider/provider.js';
import { SignIns } from './provider/sign-ins.js';
import { KnownDevices } from './sign-in/known-devices.js';
import { Locks } from './sign-in/locks.js';
import { PasswordGuard } from './sign-in/password-guard.js';

export interface IdentityOptions {
  /** `http://127.0.0.1:PORT/oidc`: the paths that identity answers stand under the same origin. */
  readonly issuer: string;
  /** Where `identity.db` stands. */
  readonly folder: string;
  readonly streams: Streams;
  readonly events: EventStore;
  readonly clock: () => Date;
  /** Where codes by SMS go; a file in the folder where absent. */
  readonly sms?: SmsSetting | undefined;
  /** Where letters go; a file in the folder where absent. */
  readonly mail?: MailSetting | undefined;
  /** Proxies of one's own in front, by address or network. */
  readonly trustProxy?: readonly string[] | undefined;
  /** See `Passwords`. */
  readonly passwordLn?: number | undefined;
  /** After how long without use a sign-in ends that is not kept. */
  readonly idleS?: number | undefined;
  /** Whoever has no second factor may do nothing but set one up. */
  readonly factorsWanted?: boolean | undefined;
}

export interface Identity {
  readonly directory: AccountDirectory;
  readonly enrolment: Enrolment;
  readonly http: IdentityHttp;
  readonly signIns: SignIns;
  readonly keys: SigningKeys;
}

/** Opens identity's own store and builds everything on it. Closed by `http.close()`. */
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const { issuer, folder, streams, events, clock, sms = 'outbox', mail = 'outbox' } = options;
  const database = openDatabase(join(folder, 'identity.db'));
  const secrets = loadSecrets(database);
  const logins = new Logins(database);
  await restoreLogins(logins, events);
  const passwords = new Passwords(options.passwordLn);
  const signIns = new SignIns(database, streams, options.idleS);
  const invitations = new Invitations(database, secrets, clock);
  const vault = openVault(join(folder, 'identity.key'));
  const factors = new SecondFactors({
    database, streams, secrets, clock, vault,
    sms: smsGatewayOf(sms, join(folder, 'sms-outbox.jsonl')),
  });
  const devices = new KnownDevices(database, clock);
  const guard = new PasswordGuard({ secrets, devices, locks: new Locks(database, clock) }, clock);
  const contacts = new Contacts(database, vault, secrets);
  const postOffice = new PostOffice(contacts, mailGatewayOf(mail, join(folder, 'mail-outbox.jsonl')));
  const choice = { database, streams, logins, invitations, passwords, signIns, guard, postOffice, clock };
  const directory = new AccountDirectory({ ...choice, factors, contacts });
  const mailedCodes = new MailedCodes(database, secrets, clock);
  const recovery = new PasswordRecovery({ ...choice, codes: mailedCodes });
  const amp: AmpSessions = new AmpSessions({ database, streams, signIns, clock, provider: () => provider() });
  const keys = new SigningKeys(database, clock);
  const consumptions = new Consumptions(database, clock);
  const isFactorDue = (account: string): boolean => options.factorsWanted === true && factors.of(account).length === 0;
  const parts = { issuer, adapter: adapterIn(database, consumptions), secrets, keys, logins, signIns, consumptions, amp, clock, isFactorDue };
  const provider = loadLater(parts, () => database.isOpen);
  const stopCleaning = cleanRegularly(database, () => {
    factors.approvals.forgetOld();
    mailedCodes.forgetOld();
    keys.forgetRetired();
    return signIns.cleanUp(clock());
  });
  const close = (): void => {
    stopCleaning();
    if (database.isOpen) database.close();
  };
  const http = new IdentityHttp({
    database, provider, streams, logins, passwords, guard, devices, factors, signIns, secrets, clock, directory, recovery, amp, postOffice, close,
    proxies: proxiesOf(options.trustProxy ?? []),
    origin: new URL(issuer).origin,
    isSecure: issuer.startsWith('https:'),
    ownTokens: createOwnTokens(issuer, keys, signIns),
  });
  const enrolment = new Enrolment({ database, streams, logins, factors, origin: new URL(issuer).origin, clock });
  return { directory, enrolment, http, signIns, keys };
}

function proxiesOf(list: readonly string[]): TrustedProxies {
  const proxies = trustedProxies(list);
  if (proxies === undefined) throw new Error('a trusted proxy is no address');
  return proxies;
}

/**
 * The provider's library is loaded when it is first asked for, or soon after the start: it takes a quarter of a second
 * that nobody should wait for. After a change of keys the provider is built anew: all it knows is in the store.
 */
function loadLater(parts: ProviderParts, isOpen: () => boolean): () => Promise<Provider> {
  let loaded: { readonly version: number; readonly provider: Promise<Provider> } | undefined;
  const load = (): Promise<Provider> => {
    const { version } = parts.keys;
    if (loaded?.version !== version) {
      loaded = { version, provider: import('./provider/provider.js').then(({ createProvider }) => createProvider(parts)) };
    }
    return loaded.provider;
  };
  const loadAhead = () => load().catch((error: unknown) => logError('the provider cannot be built', error as Error));
  setTimeout(() => void (isOpen() && loadAhead()), LOAD_AFTER_MS).unref();
  return load;
}

const LOAD_AFTER_MS = 400;

function cleanRegularly(database: Database, cleanUp: () => Promise<void>): () => void {
  const clean = (): void => {
    // What the provider keeps expires by the clock of the machine, which its library reads.
    forgetExpired(database, new Date());
    cleanUp().catch((error: unknown) => logError('cleaning up failed', error as Error));
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
