import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AMP_CLIENT, AMP_REDIRECT_PATH, AMP_SCOPE, CodeAnswer } from '@portal/contract';
import type { Login } from '../accounts/logins.js';
import { FactorSetup, type FactorSetupParts } from '../factors/factor-setup.js';
import { checked } from '../http/body.js';
import { Refused } from '../http/problems.js';
import type { AmpSessions } from '../provider/amp-sessions.js';
import type { SignIn, SignIns } from '../provider/sign-ins.js';
import { accountPage, againPage, appPage, recoveryPage, signedOutPage, totpPage } from './amp-views.js';
import type { Page, Scene } from './layout.js';
import type { Shown, Visit } from './visit.js';
import { wordsOf } from './wrong.js';

export interface AmpPageParts extends FactorSetupParts {
  readonly amp: AmpSessions;
  readonly signIns: SignIns;
  readonly isSecure: boolean;
}

interface Own {
  readonly scene: Scene;
  readonly signIn: SignIn;
  readonly login: Login;
  readonly fields: URLSearchParams;
  readonly response: ServerResponse;
}

/** The account page: what is signed in, what is asked for besides the password. Every deed is that of a program's route. */
export class AmpPages {
  readonly #setup;
  readonly #deeds: Readonly<Record<string, (own: Own) => Promise<Shown>>> = {
    'sign-out': async ({ scene, signIn }) => shown(scene, signedOutPage(scene, await this.parts.amp.end(signIn))),
    'sign-out-everywhere': async ({ scene, login }) =>
      shown(scene, signedOutPage(scene, await this.parts.signIns.endAll(login.account, this.parts.clock()))),
    end: (own) => this.#end(own),
    again: (own) => this.#again(own),
    totp: async (own) => shown(own.scene, totpPage(own.scene, this.#setup.totp(this.#recent(own)))),
    'totp-confirmation': (own) => this.#confirmTotp(own),
    app: async (own) => shown(own.scene, appPage(own.scene, this.#setup.app(this.#recent(own)))),
    recovery: async (own) => shown(own.scene, recoveryPage(own.scene, (await this.#setup.recovery(this.#recent(own))).codes)),
  };

  constructor(private readonly parts: AmpPageParts) {
    this.#setup = new FactorSetup(parts);
  }

  async show(visit: Visit, [name, ...more]: readonly string[]): Promise<Shown | undefined> {
    // The code is not needed: the session came with it.
    if (name === 'signed-in' && more.length === 0) return this.#signedIn(visit);
    const own = name === undefined ? await this.#own(visit, new URLSearchParams()) : undefined;
    if (name !== undefined) return Object.hasOwn(this.#deeds, name) ? { redirect: '/amp' } : undefined;
    return own === undefined ? { redirect: this.#signInAddress() } : this.#account(own);
  }

  async answer(visit: Visit, [name = '', ...more]: readonly string[], fields: URLSearchParams): Promise<Shown | undefined> {
    if (more.length > 0 || !Object.hasOwn(this.#deeds, name)) return undefined;
    const own = await this.#own(visit, fields);
    if (own === undefined) return { redirect: '/amp' };
    try {
      return await this.#deeds[name]?.(own);
    } catch (error) {
      return shown(own.scene, this.#refused(own, error));
    }
  }

  #refused(own: Own, error: unknown): Page {
    const words = wordsOf(error, own.scene);
    if (words === undefined || !(error instanceof Refused)) throw error;
    const { type, status } = error.problem;
    if (type === 'factor-needed') return againPage(own.scene);
    return { ...this.#accountPage(own), wrong: { text: words }, status };
  }

  async #own({ exchange, scene }: Visit, fields: URLSearchParams): Promise<Own | undefined> {
    const signIn = await this.parts.amp.shownBy(exchange.request, exchange.response);
    const login = signIn && this.parts.logins.byAccount(signIn.account);
    return signIn && login && { scene: scene('/amp'), signIn, login, fields, response: exchange.response };
  }

  #account(own: Own): Shown {
    return shown(own.scene, this.#accountPage(own));
  }

  #accountPage({ scene, signIn, login }: Own): Page {
    const open = this.parts.signIns.openOf(login.account, this.parts.clock());
    return accountPage(scene, { username: login.name, session: signIn.session, open, ...this.#setup.list(login) });
  }

  async #again({ signIn, response }: Own): Promise<Shown> {
    response.appendHeader('set-cookie', earlierCookie(signIn.session, this.parts.isSecure));
    return { redirect: this.#signInAddress({ prompt: 'login' }) };
  }

  async #signedIn({ exchange: { request, response } }: Visit): Promise<Shown> {
    const earlier = EARLIER.exec(request.headers.cookie ?? '')?.[1];
    const now = earlier === undefined ? undefined : await this.parts.amp.shownBy(request, response);
    if (earlier !== undefined && now !== undefined) await this.parts.amp.replace(earlier, now);
    return { redirect: '/amp' };
  }

  async #end(own: Own): Promise<Shown> {
    await this.parts.amp.endFrom(own.signIn, own.fields.get('session') ?? '');
    return { redirect: '/amp' };
  }

  async #confirmTotp(own: Own): Promise<Shown> {
    const { scene, fields } = own;
    const login = this.#recent(own);
    try {
      const { code } = checked(Object.fromEntries([['code', fields.get('code') ?? '']]), CodeAnswer);
      const { codes } = await this.#setup.confirmTotp(login, code);
      return codes.length === 0 ? { redirect: '/amp' } : shown(scene, recoveryPage(scene, codes));
    } catch (error) {
      const words = wordsOf(error, scene);
      if (words === undefined || !(error instanceof Refused)) throw error;
      return shown(scene, { ...totpPage(scene, undefined), wrong: { text: words, field: 'code' }, status: error.problem.status });
    }
  }

  #recent({ signIn: { account, session, amr, authTime, factorTime = authTime } }: Own): Login {
    return this.#setup.recent({ sub: account, sid: session, amr, auth_time: authTime, factor_time: factorTime, exp: 0 });
  }

  /** The steps as ever. What the challenge is of nobody needs to know: the code is not taken. */
  #signInAddress(more: Record<string, string> = {}): string {
    const challenge = createHash('sha256').update(randomBytes(32)).digest('base64url');
    return `/oidc/auth?${new URLSearchParams({
      client_id: AMP_CLIENT, response_type: 'code', scope: AMP_SCOPE, redirect_uri: this.parts.origin + AMP_REDIRECT_PATH,
      code_challenge: challenge, code_challenge_method: 'S256', ...more,
    })}`;
  }
}

/** The sign-in at AMP that is proven anew. */
const EARLIER = /(?:^|; *)portal_amp_earlier=([\w-]{36})(?:;|$)/;

function earlierCookie(session: string, isSecure: boolean): string {
  const life = 'Path=/amp/signed-in; HttpOnly; SameSite=Lax; Max-Age=900';
  return `portal_amp_earlier=${session}; ${life}${isSecure ? '; Secure' : ''}`;
}

const shown = (scene: Scene, page: Page): Shown => ({ scene, page });
