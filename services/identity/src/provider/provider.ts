import { AMP_CLIENT, AMP_REDIRECT_PATH, AMP_SCOPE, API_RESOURCE, TERMINAL_CLIENT, TERMINAL_REDIRECT } from '@portal/contract';
import { errors, interactionPolicy, Provider, type ProviderContext, type ProviderError, type Session } from 'oidc-provider';
import type { Logins } from '../accounts/logins.js';
import { problem } from '../http/problems.js';
import { asksForHtml } from '../http/wants-page.js';
import { errorPage } from '../pages/error-page.js';
import { PAGE_HEADERS } from '../pages/layout.js';
import { logError } from '../platform/logging.js';
import type { Secrets } from '../platform/secrets.js';
import type { SigningKeys } from '../platform/signing-keys.js';
import type { AmpSessions } from './amp-sessions.js';
import type { Consumptions } from './consumptions.js';
import { DeviceFlow } from './device-flow.js';
import { REUSED } from './endings.js';
import { keepSessionsApart } from './session-rooms.js';
import { API_SCOPE, type SignIns } from './sign-ins.js';

export interface ProviderParts {
  readonly amp: AmpSessions;
  readonly issuer: string;
  readonly adapter: (model: string) => object;
  readonly secrets: Secrets;
  readonly keys: SigningKeys;
  readonly logins: Logins;
  readonly signIns: SignIns;
  readonly consumptions: Consumptions;
  readonly clock: () => Date;
  /** More than the password is wanted of this account, and nothing is set up. */
  readonly isFactorDue: (account: string) => boolean;
}

interface Client {
  readonly grantTypeAllowed: (type: string) => boolean;
}

interface Token {
  readonly grantId: string;
  /** Of the key that it is bound to. */
  readonly jkt?: string;
}

const ACCESS_S = 10 * 60;
/** At most; whether it is still open is asked each time. */
const AMP_SESSION_S = 14 * 24 * 60 * 60;

/** The OpenID provider: code and PKCE for public clients, rotated refresh tokens, signed access tokens for the API. */
export function createProvider(parts: ProviderParts): Provider {
  const { issuer, secrets, amp } = parts;
  const { origin } = new URL(issuer);
  const deviceFlow = new DeviceFlow(origin, () => new Date());
  const provider = new Provider(issuer, {
    adapter: parts.adapter,
    jwks: { keys: parts.keys.all() },
    cookies: { keys: secrets.cookieKeys },
    clients: [TERMINAL, ampClient(origin)],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access'],
    // In every id token: when and how the person was recognised.
    claims: { acr: null, iss: null, sid: null, openid: ['sub', 'amr', 'auth_time'] },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    rotateRefreshToken: true,
    // Every sign-in is renewed, be it that nothing was asked because somebody is signed in already; when it ends is its own matter.
    issueRefreshToken: (_: unknown, client: Client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    loadExistingGrant: (ctx: ProviderContext) => amp.grantFor(ctx),
    interactions: { policy: askingPolicy(), url: (_: unknown, interaction: { uid: string }) => `/sign-in/${interaction.uid}` },
    features: { ...features(), deviceFlow: deviceFlow.feature() },
    renderError,
    ...accountsOf(parts),
    ...lifetimes(parts),
  });
  // Whoever hands a request on says how the person speaks with us (`IdentityHttp`); it is never the stranger's own word.
  provider.proxy = true;
  provider.on('server_error', (_: unknown, error: Error) => logError('the provider failed', error));
  keepSessionsApart(provider, async (ctx) => amp.openBehind(await provider.Session.get(ctx)) !== undefined, leavesSession);
  deviceFlow.install(provider);
  endSignIns(provider, parts);
  answerUnknownAddresses(provider);
  return provider;
}

/** A native program on the person's own machine: it can keep no secret, and listens on any port (RFC 8252). */
const TERMINAL = {
  client_id: TERMINAL_CLIENT,
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: [TERMINAL_REDIRECT],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
};

/** Our own page: it needs the session alone, and takes no token. */
const ampClient = (origin: string) => ({
  client_id: AMP_CLIENT,
  // Also where the provider answers on the loopback address, without TLS.
  application_type: new URL(origin).protocol === 'https:' ? 'web' : 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: [origin + AMP_REDIRECT_PATH],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  scope: AMP_SCOPE,
});

const leavesSession = ({ oidc }: ProviderContext): boolean => oidc?.client?.clientId === AMP_CLIENT;

/** Who is signed in to AMP opens the Portal without a question, with a program on the own machine too. */
function askingPolicy(): object {
  const policy = interactionPolicy.base();
  policy.get('consent').checks.remove('native_client_prompt');
  return policy;
}

/** Deliberately absent: pages of the provider's own, user info, logout in a browser, requests pushed ahead. */
function features(): object {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    revocation: {
      enabled: true,
      allowedPolicy: (_: unknown, client: { clientId: string }, token: { clientId: string }) =>
        client.clientId === token.clientId,
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_: unknown, _client: unknown, asked?: unknown) => asked ?? API_RESOURCE,
      getResourceServerInfo: (_: unknown, resource: string) => apiFor(resource),
    },
  };
}

function apiFor(resource: string): object {
  if (resource !== API_RESOURCE) throw new errors.InvalidTarget();
  return {
    scope: API_SCOPE,
    audience: API_RESOURCE,
    accessTokenFormat: 'jwt',
    accessTokenTTL: ACCESS_S,
    jwt: { sign: { alg: 'ES256' } },
  };
}

function accountsOf({ logins, signIns, clock, isFactorDue }: ProviderParts): object {
  return {
    // Nothing is issued any more by a sign-in that is over; `token` is absent while one is under way.
    findAccount: (_: unknown, sub: string, token?: Partial<Token>) => {
      const isOver = token?.grantId !== undefined && !signIns.isOpen(token.grantId, clock());
      return isOver || logins.byAccount(sub) === undefined ? undefined : { accountId: sub, claims: () => ({ sub }) };
    },
    extraTokenClaims: (_: unknown, token: Token) => {
      const signIn = signIns.find(token.grantId);
      signIns.seen(token.grantId, clock(), token.jkt !== undefined);
      // A portal with a log of its own knows nobody's account id here: it goes by the name.
      const preferred_username = signIn && logins.byAccount(signIn.account)?.name;
      return signIn && {
        sid: signIn.session, amr: signIn.amr, auth_time: signIn.authTime, factor_time: signIn.factorTime, preferred_username,
        ...(isFactorDue(signIn.account) && { factor_due: true }),
      };
    },
  };
}

function lifetimes({ signIns }: ProviderParts): object {
  return {
    ttl: {
      AccessToken: ACCESS_S,
      AuthorizationCode: 60,
      DeviceCode: 10 * 60,
      IdToken: ACCESS_S,
      Interaction: 15 * 60,
      Session: (_: unknown, shown: Session) => (shown.grantIdFor(AMP_CLIENT) === undefined ? 15 * 60 : AMP_SESSION_S),
      RefreshToken: (_: unknown, { grantId, jkt }: Token) =>
        signIns.refreshLifeS(grantId, Math.floor(Date.now() / 1000), jkt !== undefined),
    },
  };
}

/** A revoked grant, be it by signing out or because a token was presented twice, ends its sign-in before the answer. */
function endSignIns(provider: Provider, { signIns, consumptions }: ProviderParts): void {
  const ending = Symbol('ending');
  const pending = (ctx: ProviderContext) => ((ctx.state as Record<symbol, Promise<void>[]>)[ending] ??= []);
  provider.on('grant.revoked', (ctx: ProviderContext, grantId: string) => {
    // Asked for, the person signs out; else a token or a code came again.
    pending(ctx).push(signIns.end(grantId, ctx.oidc?.route === 'revocation' ? undefined : REUSED));
  });
  // Whatever else was wrong with it, by which key, or how often it was asked again: it was presented after its use.
  provider.on('grant.error', (ctx: ProviderContext) => {
    const token = ctx.oidc?.params?.['refresh_token'];
    const grantId = typeof token === 'string' ? consumptions.grantOfConsumed(token) : undefined;
    if (grantId !== undefined) pending(ctx).push(signIns.revoke(grantId, REUSED));
  });
  provider.use(async (ctx, next) => {
    await next();
    await Promise.all(pending(ctx));
  });
}

function answerUnknownAddresses(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.status !== 404 || ctx.body !== undefined) return;
    ctx.body = JSON.stringify(problem('not-found', 'there is nothing at this address for this method'));
    ctx.status = 404;
    ctx.type = 'application/problem+json';
  });
}

interface ErrorOut {
  readonly error: string;
  readonly error_description?: string;
}

function renderError(ctx: ProviderContext, out: ErrorOut, error: ProviderError): void {
  const status = error.statusCode ?? 500;
  if (asksForHtml(ctx.req.headers)) {
    ctx.set(PAGE_HEADERS);
    ctx.body = errorPage(ctx.req, status);
    return;
  }
  ctx.type = 'application/problem+json';
  const detail = out.error_description ?? out.error;
  ctx.body = JSON.stringify({ ...problem(status < 500 ? 'sign-in-refused' : 'internal', detail), status, ...out });
}
