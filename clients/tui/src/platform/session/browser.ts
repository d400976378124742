import type { ApiResult } from '../api/result.js';
import type { Language } from '../i18n/catalogue.js';
import { beginCodeFlow, redeemCode, type CodeFlow } from './code-grant.js';
import type { Elsewhere } from './elsewhere.js';
import { keepSignedIn, refusedBy } from './keep-signed-in.js';
import { openLoopback, type Loopback } from './loopback.js';
import { openBrowser } from './open-browser.js';
import type { ProviderAnswer } from './provider.js';
import { returnedPage } from './returned-page.js';
import type { ClientOptions } from './session.js';
import type { Tokens } from './token-store.js';
import { providerFor } from './ways.js';

/** Signing in in the browser of this machine, at any provider: code and PKCE, back to this machine (RFC 8252). */
export async function startBrowserSignIn(options: ClientOptions, env = process.env): Promise<ApiResult<Elsewhere>> {
  const provider = await providerFor(options, 'browser');
  if (provider.kind !== 'ok') return refusedBy(provider);
  const language = options.language?.() === 'cy' ? 'cy' : 'en';
  let flow: CodeFlow | undefined;
  const loopback = await openLoopback(async redirect => {
    flow = await beginCodeFlow(provider.value, { redirect, language });
    return flow.address;
  });
  await openBrowser(loopback.address, env);
  const expiresAt = new Date(Date.now() + PATIENCE_MS).toISOString();
  const { ended, giveUp } = waitFor(options, flow!, loopback, language);
  return { kind: 'ok', value: { way: 'browser', address: loopback.address, expiresAt, ended, giveUp } };
}

function waitFor(options: ClientOptions, flow: CodeFlow, loopback: Loopback, language: Language) {
  let why = 'sign-in-given-up';
  const timer = setTimeout(() => {
    why = 'sign-in-expired';
    loopback.close();
  }, PATIENCE_MS);
  const end = async (): Promise<Awaited<Elsewhere['ended']>> => {
    try {
      const returned = await loopback.returned;
      const granted: ProviderAnswer<Tokens> = returned === undefined ? { kind: 'refused', reason: why } : await redeemCode(flow, returned);
      const ended = granted.kind === 'ok' ? await keepSignedIn(options, granted.value) : refusedBy(granted);
      loopback.close(returnedPage(language, ended.kind === 'ok'));
      return ended;
    } finally {
      clearTimeout(timer);
      loopback.close();
    }
  };
  return { ended: end(), giveUp: () => loopback.close() };
}

/** As long as the provider keeps a sign-in open. */
const PATIENCE_MS = 15 * 60 * 1000;
