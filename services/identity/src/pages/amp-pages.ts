import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AMP_CLIENT, AMP_REDIRECT_PATH, AMP_SCOPE, NewPhone } from '@portal/contract';
import type { Login } from '../accounts/logins.js';
import { FactorSetup, type FactorSetupParts } from '../factors/factor-setup.js';
import { forgetAmpHere } from '../http/amp-routes.js';
import { Refused } from '../http/problems.js';
import type { AmpSessions } from '../provider/amp-sessions.js';
import type { SignIn, SignIns } from '../provider/sign-ins.js';
import { accountPage, againPage, appPage, phonePage, recoveryPage, signedOutPage, smsPage, totpPage } from './amp-views.js';
import { HeldPages } from './held-pages.js';
import type { Html } from './html.js';
import type { Page, Scene } from './layout.js';
import type { Shown, Visit } from './visit.js';
import { wordsOf, wrongDigits } from './wrong.js';

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
  /** Of a page that is loaded again there. */
  readonly sceneAt: (name: string) => Scene;
}

/** The account page: what is signed in, what is asked for besides the password. Every deed is that of a program's route. */
export class AmpPages {
  readonly #setup;
  readonly #deeds: Readonly<Record<string, (own: Own) => Promise<Shown>>> = {
    'sign-out': async (own) => this.#signedOut(own, await this.parts.amp.end(own.signIn)),
    'sign-out-everywhere': async (own) => this.#signedOut(own, await this.parts.signIns.endAll(own.login.account, this.parts.clock())),
    end: (own) => this.#end(own),
    again: (own) => this.#proveAgain(own),
    totp: async (own) => {
      const set = this.#setup.totp(this.#recent(own));
      return this.#held(own, 'totp', (scene) => totpPage(scene, set));
    },
    'totp-confirmation': (own) => this.#confirm(own, 'totp', (login, code) => this.#setup.confirmTotp(login, code)),
    sms: (own) => this.#sms(own),
    'sms-confirmation': (own) => this.#confirm(own, 'sms', (login, code) => this.#setup.confirmSms(login, code)),
    app: async (own) => {
      const pairing = this.#setup.app(this.#recent(own));
      return this.#held(own, 'app', (scene) => appPage(scene, pairing));
    },
    recovery: async (own) => {
      const { codes } = await this.#setup.recovery(this.#recent(own));
      return this.#held(own, 'recovery', (scene) => recoveryPage(scene, codes));
    },
  };
  readonly #pages;

  constructor(private readonly parts: AmpPageParts) {
    this.#setup = new FactorSetup(parts);
    this.#pages = new HeldPages(parts.clock);
  }

  async show(visit: Visit, [name, ...more]: readonly string[]): Promise<Shown | undefined> {
    // The code is not needed: the session came with it.
    if (name === 'signed-in' && more.length === 0) return this.#signedIn(visit);
    if (more.length > 0 || (name !== undefined && !Object.hasOwn(this.#deeds, name))) return undefined;
    const own = await this.#own(visit, new URLSearchParams());
    if (name !== undefined) return (own && this.#again(own, name)) ?? { redirect: '/amp' };
    if (own === undefined) return { redirect: this.#signInAddress() };
    this.#pages.forget(own.signIn.session);
    return this.#account(own);
  }

  /** A page that was made before is loaded again; that of a telephone is there for whoever asks. */
  #again({ signIn, sceneAt }: Own, name: string): Shown | undefined {
    const draw = this.#pages.find(signIn.session, name) ?? (name === 'sms' ? phonePage : undefined);
    const scene = sceneAt(name);
    return draw && shown(scene, draw(scene));
  }

  /** The answer to a form leads to it, so that loading it again makes nothing anew. */
  #held({ signIn }: Own, name: string, draw: (scene: Scene) => Page): Shown {
    this.#pages.hold(signIn.session, name, draw);
    return { redirect: `/amp/${name}` };
  }

  #signedOut({ scene, signIn, response }: Own, count: number): Shown {
    this.#pages.forget(signIn.session);
    forgetAmpHere(response, this.parts.isSecure);
    return shown(scene, signedOutPage(scene, count));
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
    const sceneAt = (name: string): Scene => scene(`/amp/${name}`);
    return signIn && login && { scene: scene('/amp'), sceneAt, signIn, login, fields, response: exchange.response };
  }

  #account(own: Own): Shown {
    return shown(own.scene, this.#accountPage(own));
  }

  #accountPage({ scene, signIn, login }: Own): Page {
    const open = this.parts.signIns.openOf(login.account, this.parts.clock());
    return accountPage(scene, { username: login.name, session: signIn.session, open, ...this.#setup.list(login) });
  }

  async #proveAgain({ signIn, response }: Own): Promise<Shown> {
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

  async #sms(own: Own): Promise<Shown> {
    const [login, given] = [this.#recent(own), own.fields.get('phone')];
    if (given === null) return { redirect: '/amp/sms' };
    const asked = NewPhone.safeParse({ phone: given.replace(/[ ()-]/g, '') });
    const scene = own.sceneAt('sms');
    if (!asked.success) {
      return shown(scene, { ...phonePage(scene, given), wrong: { text: scene.say('wrong-phone'), field: 'phone' }, status: 422 });
    }
    const { sentTo } = await this.#setup.sms(login, asked.data.phone);
    return this.#held(own, 'sms', (at) => smsPage(at, sentTo));
  }

  async #confirm(own: Own, name: 'totp' | 'sms', confirm: (login: Login, code: string) => Promise<{ codes: readonly string[] }>): Promise<Shown> {
    const [login, code] = [this.#recent(own), own.fields.get('code') ?? ''];
    const scene = own.sceneAt(name);
    const draw = this.#pages.find(own.signIn.session, name) ?? (name === 'totp' ? totpPage : phonePage);
    const wrong = (text: Html, status: number): Shown => shown(scene, { ...draw(scene), wrong: { text, field: 'code' }, status });
    const said = wrongDigits(code);
    if (said !== undefined) return wrong(scene.say(said), 422);
    try {
      const { codes } = await confirm(login, code);
      return codes.length === 0 ? { redirect: '/amp' } : this.#held(own, 'recovery', (at) => recoveryPage(at, codes));
    } catch (error) {
      const words = wordsOf(error, scene);
      if (words === undefined || !(error instanceof Refused)) throw error;
      return wrong(words, error.problem.status);
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
