import type { Factor } from '@portal/contract';
import encodeQR from 'qr';
import type { OpenSignIn } from '../provider/sign-ins.js';
import { Html, html, type Part } from './html.js';
import { form, type Page, type Scene } from './layout.js';
import { link } from './step-pages.js';
import type { TextKey } from './texts.js';

export interface Account {
  readonly username: string;
  /** The sign-in at AMP that shows the page. */
  readonly session: string;
  readonly open: readonly OpenSignIn[];
  readonly factors: readonly Factor[];
  readonly recoveryCodes: number;
}

export function accountPage(scene: Scene, account: Account): Page {
  const { say } = scene;
  const body = html`<p>${say('amp-who')} <strong>${account.username}</strong></p>
<p class="quiet">${say('amp-opens')}</p>
${form(scene, '/amp/sign-out', html`<button>${say('sign-out')}</button>`)}
<h2>${say('sessions')}</h2>
<ul class="plain">${account.open.map((signIn, index) => sessionRow(scene, signIn, `s${index}`, signIn.session === account.session))}</ul>
${form(scene, '/amp/sign-out-everywhere', html`<button class="other">${say('sign-out-everywhere')}</button>`)}
<h2>${say('second-step')}</h2>
${factorList(scene, account)}
${deed(scene, 'app', html`${say('set-up-app')}`)}${deed(scene, 'totp', html`${say('set-up-totp')}`)}${deed(scene, 'sms', html`${say('set-up-sms')}`)}
${account.factors.length > 0 ? deed(scene, 'recovery', html`${say('new-recovery')}`) : undefined}`;
  return { title: 'amp', body };
}

function sessionRow(scene: Scene, { session, device, authTime, seenAt, kept }: OpenSignIn, id: string, isHere: boolean): Html {
  const { say } = scene;
  const times = { from: timeOf(scene, authTime), seen: timeOf(scene, Math.max(seenAt, authTime)) };
  const end = html`<input type="hidden" name="session" value="${session}"><button class="other" aria-describedby="${id}">${say('end')}</button>`;
  return html`<li><div id="${id}"><p><strong>${device}</strong> ${isHere ? say('this-one') : undefined}</p>
<p class="quiet">${say('session-times', times)} ${kept ? say('kept') : undefined}</p></div>
${isHere ? undefined : form(scene, '/amp/end', end)}</li>`;
}

function factorList({ say }: Scene, { factors, recoveryCodes }: Account): Html {
  if (factors.length === 0) return html`<p>${say('no-factors')}</p>`;
  const words = (factor: Factor): Html =>
    factor === 'recovery' ? say('has-recovery', { count: recoveryCodes }) : say(`has-${factor}`);
  return html`<ul>${factors.map((factor) => html`<li>${words(factor)}</li>`)}</ul>`;
}

export function phonePage(scene: Scene, typed?: string): Page {
  const { say } = scene;
  const fields = html`<label for="phone">${say('phone')}</label>
<input id="phone" name="phone" type="tel" value="${typed}" autocomplete="tel" maxlength="30" aria-describedby="how">
<button>${say('send-code')}</button>`;
  return { title: 'set-up-sms', body: html`<p id="how">${say('sms-how')}</p>${form(scene, '/amp/sms', fields)}${back(scene)}` };
}

export function smsPage(scene: Scene, sentTo: string): Page {
  const { say } = scene;
  const body = html`<p>${say('code-how-sms', { sentTo })}</p>${form(scene, '/amp/sms-confirmation', codeFields(scene, 'code'), 'code')}${back(scene)}`;
  return { title: 'set-up-sms', body };
}

export function totpPage(scene: Scene, set?: { secret: string; uri: string }): Page {
  const { say, plain } = scene;
  const shown = set && html`<p>${say('totp-how')}</p>${qr(set.uri, plain('totp-qr'))}<p>${say('totp-typed')}</p><p class="typed">${inFours(set.secret)}</p>`;
  return { title: 'set-up-totp', body: html`${shown}${form(scene, '/amp/totp-confirmation', codeFields(scene, 'totp-code'), 'code')}${back(scene)}` };
}

export function appPage(scene: Scene, { uri, expiresAt }: { uri: string; expiresAt: string }): Page {
  const { say, plain } = scene;
  const until = timeOf(scene, Date.parse(expiresAt) / 1000);
  const body = html`<p>${say('app-how', { until })}</p>${qr(uri, plain('app-qr'))}<p>${say('app-typed')}</p><p><code>${uri}</code></p>
<p><a class="deed" href="/amp">${say('continue')}</a></p>`;
  return { title: 'set-up-app', body };
}

export function recoveryPage(scene: Scene, codes: readonly string[]): Page {
  const { say } = scene;
  const body = html`<p>${say('recovery-how')}</p><ul class="plain">${codes.map((code) => html`<li class="typed">${code}</li>`)}</ul>
<p><a class="deed" href="/amp">${say('continue')}</a></p>`;
  return { title: 'recovery', body };
}

/** A stolen browser must not add a way in: whoever sits there proves it once more. */
export function againPage(scene: Scene): Page {
  const { say } = scene;
  const body = html`<p>${say('again-how')}</p>${form(scene, '/amp/again', html`<button>${say('sign-in')}</button>`)}${back(scene)}`;
  return { title: 'again', body };
}

export function signedOutPage({ say }: Scene, count: number): Page {
  const body = html`<p>${say('signed-out-how', { count })}</p><p>${say('may-close')}</p><nav>${link('/amp', say('sign-in'))}</nav>`;
  return { title: 'signed-out', body };
}

const deed = (scene: Scene, name: string, text: Part): Html => form(scene, `/amp/${name}`, html`<button class="other">${text}</button>`);

const codeFields = ({ say }: Scene, label: TextKey): Html => html`<label for="code">${say(label)}</label>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" spellcheck="false" maxlength="40">
<button>${say('confirm')}</button>`;

const back = ({ say }: Scene): Html => html`<nav>${link('/amp', say('back'))}</nav>`;

const qr = (text: string, words: string): Html =>
  html`<div class="qr" role="img" aria-label="${words}">${new Html(encodeQR(text, 'svg'))}</div>`;

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

function timeOf({ language }: Scene, seconds: number): string {
  const style = { timeZone: 'Europe/London', dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Date(seconds * 1000).toLocaleString(language === 'cy' ? 'cy-GB' : 'en-GB', style);
}
