import { BeginRecovery, FinishRecovery } from '@portal/contract';
import type { PasswordRecovery } from '../accounts/password-recovery.js';
import { checked } from '../http/body.js';
import { addressOf } from '../http/client-address.js';
import { Refused } from '../http/problems.js';
import { html, type Html } from './html.js';
import { form, type Page, type Scene } from './layout.js';
import { link } from './step-pages.js';
import type { TextKey } from './texts.js';
import type { Shown, Visit } from './visit.js';
import { wordsOf } from './wrong.js';

/** A forgotten password: the user name, a code by e-mail, a new password. What is answered tells nobody which names exist. */
export class RecoveryPages {
  constructor(
    private readonly recovery: PasswordRecovery,
    private readonly isSecure: boolean,
  ) {}

  async show(visit: Visit, [name, ...more]: readonly string[]): Promise<Shown | undefined> {
    if (more.length > 0) return undefined;
    const from = signInOf(visit.query.get('from'));
    const begun = BEGUN.exec(visit.exchange.request.headers.cookie ?? '')?.[1];
    if (name === undefined) return shown(sceneAt(visit, '', from), (scene) => namePage(scene, from));
    if (name === 'done' && begun === DONE) return shown(sceneAt(visit, '/done', from), (scene) => donePage(scene, from));
    if (name !== 'code' || begun === undefined || begun === DONE) return { redirect: addressOfPage('', from) };
    return shown(sceneAt(visit, '/code', from), (scene) => passwordPage(scene, begun, from));
  }

  async answer(visit: Visit, [name, ...more]: readonly string[], fields: URLSearchParams): Promise<Shown | undefined> {
    if (more.length > 0 || (name !== 'begin' && name !== 'finish')) return undefined;
    const address = addressOf(visit.exchange.request);
    const from = signInOf(fields.get('from'));
    return (name === 'begin' ? this.#begin : this.#finish).call(this, visit, fields, { address, from });
  }

  async #begin(visit: Visit, fields: URLSearchParams, { address, from }: From): Promise<Shown> {
    try {
      const { username } = checked({ username: fields.get('username') ?? '' }, BeginRecovery);
      return this.#goOn(visit, this.recovery.begin(username, address).recovery, addressOfPage('/code', from));
    } catch (error) {
      return shown(sceneAt(visit, '', from), (scene) =>
        refused(namePage(scene, from), scene, error, { 'malformed-request': ['wrong-username', 'username'] }));
    }
  }

  async #finish(visit: Visit, fields: URLSearchParams, { address, from }: From): Promise<Shown> {
    const [recovery = '', code = '', password = ''] = ['recovery', 'code', 'password'].map((name) => fields.get(name) ?? '');
    const isShort = !FinishRecovery.shape.password.safeParse(password).success;
    const malformed = code.trim() === '' ? 'wrong-code-missing' : 'wrong-code-letter';
    try {
      await this.recovery.finish(checked({ recovery, code, password }, FinishRecovery), address);
      return this.#goOn(visit, DONE, addressOfPage('/done', from));
    } catch (error) {
      return shown(sceneAt(visit, '/code', from), (scene) => refused(passwordPage(scene, recovery, from), scene, error, {
        'malformed-request': isShort ? ['wrong-password-short', 'password'] : [malformed, 'code'],
        'password-common': ['wrong-password-common', 'password'],
        'code-refused': ['wrong-code', 'code'],
      }));
    }
  }

  /** So that the next page can be loaded again. What was begun opens nothing without the code from the letter. */
  #goOn({ exchange: { response } }: Visit, begun: string, redirect: string): Shown {
    const life = `Path=/recovery; HttpOnly; SameSite=Lax; Max-Age=900${this.isSecure ? '; Secure' : ''}`;
    response.appendHeader('set-cookie', `${COOKIE}=${begun}; ${life}`);
    return { redirect };
  }
}

const COOKIE = 'portal_recovery';
const BEGUN = new RegExp(`(?:^|; *)${COOKIE}=([\\w-]{1,100})(?:;|$)`);
const DONE = 'done';

const addressOfPage = (page: string, from: string): string => `/recovery${page}${from === '' ? '' : `?${new URLSearchParams({ from })}`}`;
const sceneAt = ({ scene }: Visit, page: string, from: string): Scene => scene(addressOfPage(page, from));
const shown = (scene: Scene, draw: (scene: Scene) => Page): Shown => ({ scene, page: draw(scene) });

interface From {
  readonly address: string;
  readonly from: string;
}

function namePage(scene: Scene, from: string): Page {
  const { say } = scene;
  const fields = html`${hidden('from', from)}<label for="username">${say('username')}</label>
<input id="username" name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200" aria-describedby="how" autofocus>
<button>${say('next')}</button>`;
  const body = html`<p id="how">${say('forgotten-how')}</p>${form(scene, '/recovery/begin', fields)}${backTo(scene, from)}`;
  return { title: 'forgotten', body };
}

function passwordPage(scene: Scene, recovery: string, from: string): Page {
  const { say } = scene;
  const fields = html`${hidden('from', from)}${hidden('recovery', recovery)}<p class="code"><label for="code">${say('code')}</label>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" spellcheck="false" maxlength="40" autofocus></p>
<label for="password">${say('new-password')}</label>
<input id="password" name="password" type="password" autocomplete="new-password" maxlength="1000" aria-describedby="length">
<p id="length" class="quiet">${say('password-length')}</p>
<button>${say('change-password')}</button>`;
  const body = html`<p>${say('mailed-how')}</p>${form(scene, '/recovery/finish', fields)}<nav>${link('/recovery', say('mailed-again'))}</nav>`;
  return { title: 'new-password', body };
}

function donePage(scene: Scene, from: string): Page {
  const { say } = scene;
  return { title: 'password-changed', body: html`<p>${say('password-changed-how')}</p>${from === '' ? undefined : html`<p><a class="deed" href="/sign-in/${from}">${say('sign-in')}</a></p>`}` };
}

function refused(page: Page, scene: Scene, error: unknown, words: Readonly<Record<string, readonly [TextKey, string]>>): Page {
  const other = wordsOf(error, scene);
  if (other === undefined || !(error instanceof Refused)) throw error;
  const [key, field] = words[error.problem.type] ?? [];
  return { ...page, wrong: { text: key === undefined ? other : scene.say(key), field }, status: error.problem.status };
}

/** The sign-in that was left for this: its name and nothing else, so that it leads nowhere but there. */
const signInOf = (text: string | null): string => (/^[\w-]{10,60}$/.test(text ?? '') ? (text ?? '') : '');

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;

const backTo = ({ say }: Scene, from: string): Html | undefined =>
  from === '' ? undefined : html`<nav>${link(`/sign-in/${from}`, say('back'))}</nav>`;
