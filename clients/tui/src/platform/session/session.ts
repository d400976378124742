import type { Me, SignedOutEverywhere } from '@portal/contract';
import { createApi, type Api } from '../api/api.js';
import type { Prove } from '../api/proving.js';
import type { AccessToken, ApiResult, TokenSource } from '../api/result.js';
import { withLock } from '../paths/file-lock.js';
import type { PortalPaths } from '../paths.js';
import { openDeviceKey, type DeviceKeyStore } from './device-key.js';
import { ownProviderOnly } from './own-provider-only.js';
import { ownProvider, refresh, revoke } from './provider.js';
import { openTokenStore, type Tokens, type TokenStore } from './token-store.js';

/** The person's sign-in at one server, shared by every window and every command of theirs on this machine. */
export interface Session extends TokenSource {
  readonly server: string;
  readonly tokensFile: string;
  readonly isSignedIn: () => boolean;
  /** The issuer of the sign-in that is kept here, where it is not the service's own. */
  readonly otherProvider: () => string | undefined;
  /** Keeps what a sign-in brought. */
  readonly store: (tokens: Tokens) => Promise<void>;
  /** Revokes at the provider and forgets here. Forgets here even where the provider cannot be reached, and says so. */
  readonly signOut: () => Promise<SignedOut>;
  /** Forgets here what has ended already. */
  readonly forget: () => Promise<void>;
}

export type SignedOut = 'signed-out' | 'only-here' | 'was-not-signed-in';

export interface SessionOptions {
  readonly server: string;
  readonly paths: PortalPaths;
}

/** An access token is renewed when less than this remains of it. */
const RENEW_BEFORE_MS = 30_000;

export function openSession(options: SessionOptions): Session {
  const store = openTokenStore(options.paths, options.server);
  const keys = openDeviceKey(options.paths, options.server);
  const kept: Kept = { store, keys, server: options.server };
  // Calls of one process share one renewal; processes share it through the lock.
  let renewal: Promise<AccessToken> | undefined;
  const renew = (refused?: string) =>
    (renewal ??= withLock(store.lockFile, () => renewLocked(kept, refused)).finally(() => {
      renewal = undefined;
    }));
  return {
    server: options.server,
    tokensFile: store.file,
    isSignedIn: () => store.read() !== undefined,
    otherProvider: () => otherThan(options.server, store.read()),
    store: tokens => withLock(store.lockFile, () => store.write(tokens)),
    access: async refused => usable(kept, refused) ?? renew(refused),
    signOut: () => withLock(store.lockFile, () => signOutLocked(store, options.server)),
    forget: () => withLock(store.lockFile, async () => store.remove()),
  };
}

/** Who is signed in, asked from the service. */
export function whoami(api: Api): Promise<ApiResult<Me>> {
  return api.me();
}

/** Ends every sign-in of the person, this one too. Where that is not known to be done the tokens stay, to try again. */
export async function signOutEverywhere(api: Api, session: Session): Promise<ApiResult<SignedOutEverywhere>> {
  const answer = await api.signOutEverywhere();
  if (answer.kind === 'ok') await session.forget();
  return answer;
}

export interface ClientOptions extends SessionOptions {
  readonly version: string;
  readonly language?: () => string;
  readonly prove?: Prove;
}

/** A session and the calls made under it. */
export function connect(options: ClientOptions): { readonly session: Session; readonly api: Api } {
  const session = openSession(options);
  const { server, version, language, prove } = options;
  const api = createApi({ server, version, tokens: session, ...(language && { language }), ...(prove && { prove }) });
  return { session, api: ownProviderOnly(api, session) };
}

interface Kept {
  readonly store: TokenStore;
  readonly keys: DeviceKeyStore;
  readonly server: string;
}

function otherThan(server: string, tokens: Tokens | undefined): string | undefined {
  const issuer = tokens?.provider?.issuer;
  return issuer === undefined || new URL(issuer).origin === new URL(server).origin ? undefined : issuer;
}

/** Bound tokens whose key is gone are of no use: the person signs in again. */
function usable({ store, keys }: Kept, refused: string | undefined): AccessToken | undefined {
  const tokens = store.read();
  const key = tokens?.isBound === true ? keys.existing() : undefined;
  if (tokens === undefined || (tokens.isBound === true && key === undefined)) return { kind: 'signed-out' };
  if (tokens.accessToken === refused) return undefined;
  if (Date.parse(tokens.accessEndsAt) - Date.now() < RENEW_BEFORE_MS) return undefined;
  return { kind: 'token', token: tokens.accessToken, ...(key && { key }) };
}

/** Under the lock the file is read again: another process may have renewed while this one waited. */
async function renewLocked(kept: Kept, refused: string | undefined): Promise<AccessToken> {
  const { store, keys, server } = kept;
  const already = usable(kept, refused);
  if (already !== undefined) return already;
  const tokens = store.read();
  const presenting = tokens && presentedNow(tokens);
  if (tokens?.refreshToken === undefined || presenting === undefined) return forget(store);
  await store.write(presenting);
  const key = keys.existing();
  const answer = await refresh(tokens.provider ?? ownProvider(server), tokens.refreshToken, key);
  if (answer.kind === 'unreachable') {
    await store.write(tokens);
    return { kind: 'unreachable', cause: answer.cause };
  }
  if (answer.kind === 'lost' && presentedNow(presenting) !== undefined) return renewLocked(kept, refused);
  if (answer.kind !== 'ok') return forget(store);
  await store.write({ ...answer.value, ...(tokens.provider && { provider: tokens.provider }) });
  return { kind: 'token', token: answer.value.accessToken, ...(answer.value.isBound && key && { key }) };
}

/** As it stands on disk before the refresh token is sent; undefined where it must not be sent any more. */
function presentedNow(tokens: Tokens): Tokens | undefined {
  const { presentedAt, presented, isBound } = tokens;
  if (presented) return undefined;
  if (presentedAt === undefined) return { ...tokens, presentedAt: new Date().toISOString() };
  const isInTime = isBound === true && Math.abs(Date.now() - Date.parse(presentedAt)) < REPEAT_WITHIN_MS;
  return isInTime ? { ...tokens, presented: true } : undefined;
}

/** Of the ten seconds that the provider grants. */
const REPEAT_WITHIN_MS = 8_000;

function forget(store: TokenStore): AccessToken {
  store.remove();
  return { kind: 'signed-out' };
}

async function signOutLocked(store: TokenStore, server: string): Promise<SignedOut> {
  const tokens = store.read();
  if (tokens === undefined) return 'was-not-signed-in';
  const answer = await revoke(tokens.provider ?? ownProvider(server), tokens.refreshToken ?? tokens.accessToken);
  store.remove();
  return answer.kind === 'ok' ? 'signed-out' : 'only-here';
}
