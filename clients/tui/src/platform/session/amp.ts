import type { Me } from '@portal/contract';
import type { ApiProblem, ApiResult } from '../api/result.js';
import { openAmpStore } from './amp-store.js';
import { beginCodeFlow, redeemCode } from './code-grant.js';
import { createCookieJar, type CookieJar } from './cookies.js';
import { keepSignedIn, problemOf, refusedBy } from './keep-signed-in.js';
import { keptDevice } from './known-device.js';
import { findProvider } from './provider.js';
import { startSteps, terminalRedirect, type SignIn } from './sign-in.js';
import type { ClientOptions } from './session.js';
import { attempt, follow, request, type Visit } from './visit.js';
import { providerFor, settingsFor } from './ways.js';

/** A sign-in at AMP, the account page of the provider, kept on this device: while it lasts the Portal asks no questions. */
export interface AmpStatus {
  readonly username: string;
  readonly session: string;
  /** ISO 8601. */
  readonly since: string;
  readonly kept: boolean;
}

/** The same steps as into the Portal; what is kept in the end is the provider's cookie, and no token. */
export function startAmpSignIn(options: ClientOptions): Promise<ApiResult<SignIn<AmpStatus>>> {
  const redirect = `${new URL(options.server).origin}${AMP_REDIRECT_PATH}`;
  return startSteps(options, {
    redirect,
    // No token is issued there: nothing needs binding to a key.
    provider: async ({ server }) => {
      const portal = await settingsFor(server, 'terminal');
      return portal.kind === 'ok' ? findProvider({ issuer: portal.value.issuer, clientId: AMP_CLIENT, scope: AMP_SCOPE }) : portal;
    },
    end: async (visit, { state }, returned) => {
      const isOurs = returned.searchParams.get('state') === state && returned.searchParams.has('code');
      if (!isOurs) return { kind: 'problem', problem: problemOf('sign-in-refused', 'the answer is not to this sign-in') };
      await openAmpStore(options).write(sessionIn(visit.jar));
      return askStatus(visit);
    },
  });
}

/** Undefined where nobody is signed in to AMP on this device. */
export async function ampStatus(options: ClientOptions): Promise<ApiResult<AmpStatus> | undefined> {
  const visit = visitWith(options, terminalRedirect);
  const status = visit && (await attempt(() => askStatus(visit)));
  return isOver(status) ? forget(options) : status;
}

/** Ends it, and every sign-in at the Portal that it opened. Undefined where there was none. */
export async function signOutOfAmp(options: ClientOptions): Promise<ApiResult<{ readonly signedOut: number }> | undefined> {
  const visit = visitWith(options, terminalRedirect);
  if (visit === undefined) return undefined;
  const ended = await attempt(async () => answerOf<{ signedOut: number }>(await request(visit, at(options, '/amp/sign-out'), {})));
  if (ended.kind === 'ok' || isOver(ended)) forget(options);
  return isOver(ended) ? undefined : ended;
}

/** Opens the Portal by AMP, without questions. Undefined where it has to ask: then nothing is kept any more. */
export async function signInByAmp(options: ClientOptions): Promise<ApiResult<Me> | undefined> {
  const visit = visitWith(options, terminalRedirect);
  if (visit === undefined) return undefined;
  const provider = await providerFor(options, 'terminal');
  if (provider.kind !== 'ok') return refusedBy(provider);
  const code = await beginCodeFlow(provider.value, { redirect: visit.redirect });
  const opened = await attempt(async (): Promise<ApiResult<Me | undefined>> => {
    const end = await follow(visit, code.address);
    if (end.kind === 'page') return { kind: 'ok', value: forget(options) };
    await openAmpStore(options).write(sessionIn(visit.jar));
    const granted = await redeemCode(code, end.url);
    return granted.kind === 'ok' ? keepSignedIn(options, granted.value) : refusedBy(granted);
  });
  if (opened.kind !== 'ok') return opened;
  return opened.value && { kind: 'ok', value: opened.value };
}

const AMP_CLIENT = 'portal-amp';
const AMP_SCOPE = 'openid';
const AMP_REDIRECT_PATH = '/amp/signed-in';

function visitWith(options: ClientOptions, redirect: string): Visit | undefined {
  const kept = openAmpStore(options).read();
  return kept && { options, redirect, jar: createCookieJar(keptDevice(options), ...kept) };
}

const sessionIn = ({ find }: CookieJar) => ['_session', '_session.sig'].flatMap(name => find(name) ?? []);

async function askStatus(visit: Visit): Promise<ApiResult<AmpStatus>> {
  return answerOf<AmpStatus>(await request(visit, at(visit.options, '/amp')));
}

const at = ({ server }: ClientOptions, path: string): URL => new URL(`${new URL(server).origin}${path}`);

async function answerOf<T>(response: Response): Promise<ApiResult<T>> {
  const document = (await response.json()) as T | ApiProblem;
  return response.ok ? { kind: 'ok', value: document as T } : { kind: 'problem', problem: document as ApiProblem };
}

const isOver = (answer: ApiResult<unknown> | undefined): boolean =>
  answer?.kind === 'problem' && answer.problem.type === 'not-signed-in';

function forget(options: ClientOptions): undefined {
  openAmpStore(options).remove();
}
