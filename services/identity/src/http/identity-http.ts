import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  AMP_CLIENT, EndSession, RedeemInvitation, type OpenSessions, type Problem, type SessionEnded, type SignedOutEverywhere,
} from '@portal/contract';
import type { Provider } from 'oidc-provider';
import type { AccountDirectory } from '../accounts/account-directory.js';
import type { PostOffice } from '../accounts/post-office.js';
import type { PasswordRecovery } from '../accounts/password-recovery.js';
import type { Database } from '../platform/database.js';
import { logError } from '../platform/logging.js';
import type { OwnTokens } from '../provider/own-tokens.js';
import { grantLifeS } from '../provider/sign-ins.js';
import { answerStep, showStep, type Exchange } from '../sign-in/sign-in-routes.js';
import { stepUpRoute, type StepUpRoute } from '../sign-in/step-up-routes.js';
import type { SignInParts } from '../sign-in/sign-in-work.js';
import type { Pages } from '../pages/pages.js';
import { ampSignOut, ampStatus, type AmpRouteParts } from './amp-routes.js';
import { MOST_BODY_BYTES, readBody, tooLarge } from './body.js';
import { noteAddress, type TrustedProxies } from './client-address.js';
import { factorPosts, type Posts } from './factor-routes.js';
import { recoveryPosts } from './recovery-routes.js';
import { wantsPage } from './wants-page.js';
import { notRecorded, problem, Refused, refusedAs } from './problems.js';

export interface IdentityHttpParts extends SignInParts, AmpRouteParts {
  readonly database: Database;
  readonly origin: string;
  readonly directory: AccountDirectory;
  readonly recovery: PasswordRecovery;
  readonly ownTokens: OwnTokens;
  readonly postOffice: PostOffice;
  readonly proxies: TrustedProxies;
  readonly close: () => void;
}

const OWN_PATHS: ReadonlySet<string | undefined> = new Set([
  'oidc', 'sign-in', 'sign-out', 'invitations', 'factors', 'authenticator', 'sessions', 'recovery', 'device', 'amp', 'step-up',
]);

/** Stands in front of whatever else the process serves: the provider wants requests as they arrive. */
export class IdentityHttp {
  readonly #parts: IdentityHttpParts;
  readonly #posts: Posts;
  readonly #stepUp: StepUpRoute;
  #answering: { readonly provider: Provider; readonly answer: ReturnType<Provider['callback']> } | undefined;
  #pages: Pages | undefined;

  constructor(parts: IdentityHttpParts) {
    this.#parts = parts;
    this.#stepUp = stepUpRoute(parts);
    this.#posts = {
      ...factorPosts(parts),
      ...recoveryPosts(parts),
      'invitations/redeem': (exchange) => this.#redeem(exchange),
      'amp/sign-out': (exchange) => ampSignOut(parts, exchange),
      'sessions/list': (exchange) => this.#sessions(exchange),
      'sessions/end': (exchange) => this.#endSession(exchange),
      'sign-out/everywhere': (exchange) => this.#signOutEverywhere(exchange),
    };
  }

  /**
   * Whether the request was identity's: then it is answered, now or soon. So is a browser that goes to an address at
   * which nobody answers anything.
   */
  handle(request: IncomingMessage, response: ServerResponse, isOthers: (path: string) => boolean = () => true): boolean {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const [, first] = path.split('/', 2);
    if (!OWN_PATHS.has(first) && (!wantsPage(request) || isOthers(path))) return false;
    noteAddress(request, this.#parts.proxies);
    const exchange = { request, response };
    const answered = first === 'oidc' ? this.#asProvider(exchange) : this.#asRoute(exchange, path);
    answered.catch((error: unknown) => refuse(exchange, error));
    return true;
  }

  close(): void {
    this.#parts.close();
  }

  /** Called by Nest after the last request. */
  onApplicationShutdown(): void {
    this.close();
  }

  async #asProvider({ request, response }: Exchange): Promise<void> {
    if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) throw tooLarge();
    // The provider finds the path that it is mounted on by comparing the two.
    const mounted = request as IncomingMessage & { originalUrl?: string };
    mounted.originalUrl = request.url ?? '';
    request.url = mounted.originalUrl.slice('/oidc'.length) || '/';
    if (!request.url.startsWith('/')) request.url = `/${request.url}`;
    // A proxy that ends TLS speaks plainly with us: what clients are told begins as the issuer does all the same.
    request.headers['x-forwarded-proto'] = new URL(this.#parts.origin).protocol.slice(0, -1);
    delete request.headers['x-forwarded-host'];
    const provider = await this.#parts.provider();
    if (this.#answering?.provider !== provider) this.#answering = { provider, answer: provider.callback() };
    await this.#answering.answer(request, response);
  }

  async #asRoute(exchange: Exchange, path: string): Promise<void> {
    if (wantsPage(exchange.request)) return this.#asPage(exchange, path);
    const answer = await this.#route(exchange, path);
    send(exchange, 200, 'application/json', answer);
  }

  /** Loaded when a browser first asks. */
  async #asPage(exchange: Exchange, path: string): Promise<void> {
    const { Pages: Loaded } = await import('../pages/pages.js');
    this.#pages ??= new Loaded(this.#parts);
    await this.#pages.answer(exchange, path);
  }

  async #route(exchange: Exchange, path: string): Promise<object> {
    const [, first, second = '', third, ...more] = path.split('/');
    if (path === '/step-up') return mustBe('POST', exchange) && this.#stepUp(exchange, undefined, undefined);
    if (path === '/amp') return mustBe('GET', exchange) && ampStatus(this.#parts, exchange);
    if (more.length > 0 || second === '') throw refusedAs('not-found', 'there is nothing at this address');
    if (first === 'step-up') return mustBe('POST', exchange) && this.#stepUp(exchange, second, third);
    if (first !== 'sign-in') {
      const name = `${first}/${second}`;
      const answer = third === undefined && Object.hasOwn(this.#posts, name) ? this.#posts[name] : undefined;
      if (answer === undefined) throw refusedAs('not-found', 'there is nothing at this address');
      return mustBe('POST', exchange) && answer(exchange);
    }
    if (third === undefined) return mustBe('GET', exchange) && showStep(this.#parts, exchange, second);
    return mustBe('POST', exchange) && answerStep(this.#parts, exchange, second, third);
  }

  async #signOutEverywhere({ request }: Exchange): Promise<SignedOutEverywhere> {
    const { ownTokens, signIns, clock } = this.#parts;
    const { sub } = await ownTokens(request);
    return { signedOut: await signIns.endAll(sub, clock()) };
  }

  async #sessions({ request }: Exchange): Promise<OpenSessions> {
    const { ownTokens, signIns, clock, provider } = this.#parts;
    const { sub, sid } = await ownTokens(request);
    const { Grant } = await provider();
    const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
    const sessions = signIns.openOf(sub, clock()).map(async ({ grantId, session, device, authTime, seenAt, kept }) => ({
      session, device, startedAt: iso(authTime), lastSeenAt: iso(Math.max(seenAt, authTime)), kept, here: session === sid,
      endsAt: iso(authTime + grantLifeS(kept)), amp: (await Grant.find(grantId))?.clientId === AMP_CLIENT,
    }));
    return { sessions: await Promise.all(sessions) };
  }

  async #endSession({ request }: Exchange): Promise<SessionEnded> {
    const { ownTokens, amp } = this.#parts;
    const { sub, sid, amr } = await ownTokens(request);
    const { session } = await readBody(request, EndSession);
    return { ended: await amp.endFrom({ account: sub, session: sid, amr }, session) };
  }

  async #redeem({ request }: Exchange): Promise<object> {
    const { invitation, password } = await readBody(request, RedeemInvitation);
    const answer = await this.#parts.directory.redeem(invitation, password);
    if ('failed' in answer) throw notRecorded(answer.failed);
    if ('refused' in answer && answer.refused === 'common-password') {
      throw refusedAs('password-common', 'many people use this password or one like it: choose another');
    }
    if ('refused' in answer) {
      throw refusedAs('sign-in-refused', 'this invitation is not known, was used, or is too old');
    }
    return answer;
  }
}

function mustBe(method: 'GET' | 'POST', { request }: Exchange): true {
  if (request.method === method) return true;
  throw refusedAs('method-not-allowed', `this address takes ${method}`, { allow: method });
}

function refuse(exchange: Exchange, error: unknown): void {
  if (exchange.response.headersSent || exchange.response.destroyed) return;
  const refused = error instanceof Refused ? error : new Refused(problemOf(error as Error & { errcode?: number }));
  send(exchange, refused.problem.status, 'application/problem+json', refused.problem, refused.headers);
}

/** What is wrong here and not with the request. */
function problemOf(error: Error & { readonly errcode?: number }): Problem {
  logError('identity failed', error);
  if (error.errcode === SQLITE_FULL) return problem('store-full', 'nothing was recorded');
  return error.errcode === undefined
    ? problem('internal', 'it was not the request')
    : problem('unavailable', 'the accounts cannot be read or written at the moment');
}

const SQLITE_FULL = 13;

function send(
  { response }: Exchange, status: number, type: string, body: object, headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers });
  response.end(JSON.stringify(body));
}
