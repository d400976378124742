import type { Factor, SignInStep } from '@portal/contract';
import { html, type Html } from './html.js';
import { form, type Page, type Scene } from './layout.js';
import type { TextKey } from './texts.js';
import { timeOf } from './wrong.js';

/** Pages that no step opens: they are gone to by a link. */
export type Aside = 'username' | 'factors' | 'cannot-access';

export interface StepScene extends Scene {
  /** `/sign-in/UID`. */
  readonly address: string;
  /** What was typed before and was not taken. */
  readonly typed?: string | undefined;
  /** The program on another device that is signed in by this. */
  readonly device?: string | undefined;
  /** The page does not reload itself. */
  readonly isStill: boolean;
  /** Why the number holds no longer stands above the page. */
  readonly isToldWhy?: boolean;
}

type Shown<Name> = Extract<SignInStep, { step: Name }>;

export function stepPage(scene: StepScene, step: SignInStep): Page {
  switch (step.step) {
    case 'username':
      return usernamePage(scene);
    case 'password':
      return passwordPage(scene, step);
    case 'code':
      return codePage(scene, step);
    case 'approve':
      return approvePage(scene, step);
    case 'stay':
      return stayPage(scene);
    default:
      return donePage(scene, step);
  }
}

export function asidePage(scene: StepScene, aside: Aside, step: SignInStep): Page {
  const back = link(scene.address, scene.say('back'));
  if (aside === 'username') return usernamePage({ ...scene, typed: step.step === 'password' ? step.username : undefined });
  if (aside === 'factors' && (step.step === 'code' || step.step === 'approve')) return factorsPage(scene, step.factors);
  return { title: 'cannot-access', body: html`<p>${scene.say('cannot-access-how')}</p><nav>${back}</nav>` };
}

function usernamePage(scene: StepScene): Page {
  const { say, address, typed } = scene;
  const fields = html`<label for="username">${say('username')}</label>
<input id="username" name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200" value="${typed}" autofocus>
<button>${say('next')}</button>`;
  const body = html`${deviceNote(scene)}${form(scene, `${address}/username`, fields)}
<nav>${link(`${address}?at=cannot-access`, say('cannot-access'))}</nav>`;
  return { title: 'sign-in', body };
}

function passwordPage(scene: StepScene, { username }: Shown<'password'>): Page {
  const { say, address } = scene;
  const fields = html`<input type="text" name="username" autocomplete="username" value="${username}" hidden readonly>
<label for="password">${say('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1000" autofocus>
<button>${say('sign-in')}</button>`;
  const body = html`<p><a href="${address}?at=username"><span aria-hidden="true">← </span>${say('back')}</a> <strong>${username}</strong></p>
${deviceNote(scene)}${form(scene, `${address}/password`, fields)}
<nav>${link(`/recovery?from=${address.slice('/sign-in/'.length)}`, say('forgotten'))}</nav>`;
  return { title: 'enter-password', body };
}

function codePage(scene: StepScene, { factor, factors, sentTo = '' }: Shown<'code'>): Page {
  const { say, address } = scene;
  const how: Readonly<Record<Factor, TextKey>> = {
    totp: 'code-how-totp', sms: 'code-how-sms', recovery: 'code-how-recovery', app: 'code-how-totp',
  };
  const keyboard = factor === 'recovery' ? html`autocapitalize="none"` : html`inputmode="numeric"`;
  const fields = html`<label for="code">${say('code')}</label>
<input id="code" name="code" type="text" ${keyboard} autocomplete="one-time-code" spellcheck="false" maxlength="40" aria-describedby="how" autofocus>
<button>${say('verify')}</button>`;
  const again = factor === 'sms' ? factorForm(scene, 'sms', say('once-more')) : undefined;
  const body = html`<p id="how">${say(how[factor], { sentTo })}</p>
${deviceNote(scene)}${form(scene, `${address}/code`, fields, 'code')}${again}${otherWays(scene, factors, 'another-way')}`;
  return { title: 'enter-code', body };
}

function approvePage(scene: StepScene, { number, expiresAt, factors }: Shown<'approve'>): Page {
  const { say, address, isStill, isToldWhy } = scene;
  const others = otherWays(scene, factors, 'cannot-use-app');
  if (number === '' || Date.parse(expiresAt) <= Date.now()) {
    const why = isToldWhy === true ? undefined : html`<p>${say('wrong-expired')}</p>`;
    const body = html`${why}${factorForm(scene, 'app', say('new-number'))}${others}`;
    return { title: 'approve', body };
  }
  const here = isStill ? `${address}?still=1` : address;
  const stop = isStill ? undefined : link(`${address}?still=1`, say('approve-still'));
  const body = html`<p>${say('approve-how')}</p>
<p class="number">${number}</p>
<p>${say('no-numbers')}</p>
${deviceNote(scene)}<p>${say(isStill ? 'approve-until-still' : 'approve-until', { time: timeOf(expiresAt) })}</p>
<p><a class="deed" href="${here}">${say('continue')}</a></p>
${others}${stop && html`<nav>${stop}</nav>`}`;
  return { title: 'approve', body, ...(!isStill && { refresh: { afterS: REFRESH_S, to: address } }) };
}

function factorsPage(scene: StepScene, factors: readonly Factor[]): Page {
  const { say, address } = scene;
  const body = html`${factors.map((factor) => factorForm(scene, factor, say(`by-${factor}`)))}
<nav>${link(address, say('back'))}</nav>`;
  return { title: 'another-way', body };
}

function stayPage(scene: StepScene): Page {
  const { say, address } = scene;
  const fields = html`<p id="why">${say('stay-why')}</p>
<button name="stay" value="yes" aria-describedby="why">${say('yes')}</button><button name="stay" value="no" class="other" aria-describedby="why">${say('no')}</button>`;
  return { title: 'stay', body: html`${deviceNote(scene)}${form(scene, `${address}/stay`, fields)}` };
}

/** Not a redirect of the form's answer: the policy lets forms lead nowhere else, and the program listens elsewhere. */
function donePage({ say }: Scene, { resume }: Shown<'done'>): Page {
  const body = html`<p>${say('done-how')}</p><p><a class="deed" href="${resume}">${say('continue')}</a></p>`;
  return { title: 'done', body, refresh: { afterS: 0, to: resume } };
}

/** Whoever was sent a code by somebody else must see whom it lets in. */
function deviceNote({ say, device }: StepScene): Html | undefined {
  return device === undefined ? undefined : html`<p class="told">${say('device-note', { client: device })}</p>`;
}

function otherWays({ say, address }: StepScene, factors: readonly Factor[], text: TextKey): Html | undefined {
  return factors.length < 2 ? undefined : html`<nav>${link(`${address}?at=factors`, say(text))}</nav>`;
}

function factorForm(scene: StepScene, factor: Factor, text: Html): Html {
  return form(scene, `${scene.address}/factor`, html`<button class="other" name="factor" value="${factor}">${text}</button>`);
}

export const link = (to: string, text: Html): Html => html`<p><a href="${to}">${text}</a></p>`;

/** Seldom enough to be read aloud, often enough not to be waited for. */
const REFRESH_S = 5;
