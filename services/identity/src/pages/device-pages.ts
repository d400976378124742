import type { IncomingMessage } from 'node:http';
import { html, type Html, type Part } from './html.js';
import { languageOf } from './language.js';
import { laidOut, type Page, type Scene } from './layout.js';
import { textsIn, type TextKey } from './texts.js';

export type DeviceView =
  | { readonly kind: 'input'; readonly given: string | undefined; readonly why: string | undefined }
  | { readonly kind: 'confirm'; readonly userCode: string; readonly client: string; readonly address: string }
  | { readonly kind: 'too-many'; readonly waitS: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused' };

/** Entering the code that another device shows. `secret` is the provider's own against forms from elsewhere. */
export function devicePage(request: IncomingMessage, secret: string, view: DeviceView): string {
  const texts = textsIn(languageOf(request, new URLSearchParams((request.url ?? '').split('?')[1])));
  return laidOut({ ...texts, token: secret, address: ADDRESS }, pageOf({ ...texts, token: secret, address: ADDRESS }, view));
}

const ADDRESS = '/oidc/device';

function pageOf(scene: Scene, view: DeviceView): Page {
  const { say } = scene;
  switch (view.kind) {
    case 'input':
      return inputPage(scene, view.given, view.why);
    case 'confirm':
      return confirmPage(scene, view);
    case 'too-many':
      return { title: 'device', body: html`<p>${say('wrong-too-many', { count: view.waitS })}</p>` };
    case 'done':
      return { title: 'device-done', body: html`<p>${say('device-done-how')}</p><p>${say('may-close')}</p>` };
    default:
      return { title: 'device-refused', body: html`<p>${say('device-refused-how')}</p><p>${say('may-close')}</p>` };
  }
}

function inputPage(scene: Scene, given: string | undefined, why: string | undefined): Page {
  const { say } = scene;
  const fields = html`<label for="user_code">${say('user-code')}</label>
<input id="user_code" name="user_code" type="text" value="${given}" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" aria-describedby="how" autofocus>
<button>${say('next')}</button>`;
  const body = html`<p id="how">${say('user-code-how')}</p>${deviceForm(scene, fields, 'code')}<p class="told">${say('device-warning')}</p>`;
  const wrong = why === undefined ? undefined : { text: say(WHY[why] ?? 'wrong-other'), field: 'user_code' };
  return { title: 'device', body, wrong };
}

function confirmPage(scene: Scene, { userCode, client, address }: Extract<DeviceView, { kind: 'confirm' }>): Page {
  const { say } = scene;
  const code = html`<input type="hidden" name="user_code" value="${userCode}">`;
  const body = html`<dl><dt>${say('user-code')}</dt><dd class="typed">${userCode}</dd>
<dt>${say('program')}</dt><dd>${client}</dd><dt>${say('asked-from')}</dt><dd>${address}</dd></dl>
<p>${say('device-compare')}</p><p class="told">${say('device-warning')}</p>
${deviceForm(scene, html`${code}<button name="confirm" value="yes">${say('continue')}</button>`)}
${deviceForm(scene, html`${code}<button class="other" name="abort" value="yes">${say('not-mine')}</button>`)}`;
  return { title: 'device-confirm', body };
}

function deviceForm({ token }: Scene, content: Part, className?: string): Html {
  const name = className && html` class="${className}"`;
  return html`<form method="post" action="${ADDRESS}"${name}><input type="hidden" name="xsrf" value="${token}">${content}</form>`;
}

/** By the provider's names of them. */
const WHY: Readonly<Record<string, TextKey>> = {
  NoCodeError: 'user-code-missing',
  NotFoundError: 'user-code-unknown',
  ExpiredError: 'user-code-expired',
  AlreadyUsedError: 'user-code-used',
  InvalidRequest: 'wrong-form',
};
