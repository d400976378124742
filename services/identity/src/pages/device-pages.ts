import type { IncomingMessage } from 'node:http';
import { html, type Html, type Part } from './html.js';
import { languageOf } from './language.js';
import { laidOut, type Page, type Scene } from './layout.js';
import { textsIn, type TextKey } from './texts.js';
import { waiting } from './wrong.js';

export type DeviceView =
  | { readonly kind: 'input'; readonly given: string | undefined; readonly why: string | undefined }
  | { readonly kind: 'confirm'; readonly userCode: string; readonly client: string; readonly address: string }
  | { readonly kind: 'too-many'; readonly waitS: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused' };

/** Entering the code that another device shows. `secret` is the provider's own against forms from elsewhere. */
export function devicePage(request: IncomingMessage, secret: string, view: DeviceView): string {
  const texts = textsIn(languageOf(request, new URLSearchParams((request.url ?? '').split('?')[1])));
  // In the other language what was typed stands there again; a wrong code is not tried once more for it.
  const address = view.kind === 'input' && view.given !== undefined ? `${ADDRESS}?${new URLSearchParams({ user_code: view.given })}` : ADDRESS;
  const carried = view.kind === 'confirm' ? { carried: html`${xsrf(secret)}${codeField(view.userCode)}` } : {};
  const scene = { ...texts, token: secret, address, ...carried };
  return laidOut(scene, pageOf(scene, view));
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
      return { title: 'device', body: html`<p>${waiting(say, view.waitS)}</p>` };
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
  const wrong = why === undefined ? undefined : { text: say((Object.hasOwn(WHY, why) && WHY[why]) || 'wrong-other'), field: 'user_code' };
  return { title: 'device', body, wrong };
}

function confirmPage(scene: Scene, { userCode, client, address }: Extract<DeviceView, { kind: 'confirm' }>): Page {
  const { say } = scene;
  const code = codeField(userCode);
  const body = html`<dl><dt>${say('user-code')}</dt><dd class="typed">${userCode}</dd>
<dt>${say('program')}</dt><dd>${client}</dd><dt>${say('asked-from')}</dt><dd>${address}</dd></dl>
<p>${say('device-compare')}</p><p class="told">${say('device-warning')}</p>
${deviceForm(scene, html`${code}<button name="confirm" value="yes">${say('continue')}</button>`)}
${deviceForm(scene, html`${code}<button class="other" name="abort" value="yes">${say('not-mine')}</button>`)}`;
  return { title: 'device-confirm', body };
}

function deviceForm({ token }: Scene, content: Part, className?: string): Html {
  const name = className && html` class="${className}"`;
  return html`<form method="post" action="${ADDRESS}"${name}>${xsrf(token)}${content}</form>`;
}

const xsrf = (token: string): Html => html`<input type="hidden" name="xsrf" value="${token}">`;
const codeField = (code: string): Html => html`<input type="hidden" name="user_code" value="${code}">`;

/** By the provider's names of them. */
const WHY: Readonly<Record<string, TextKey>> = {
  NoCodeError: 'user-code-missing',
  NotFoundError: 'user-code-unknown',
  ExpiredError: 'user-code-expired',
  AlreadyUsedError: 'user-code-used',
  InvalidRequest: 'wrong-form',
};
