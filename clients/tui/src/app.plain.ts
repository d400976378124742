import type { EmiSummary, Me } from '@portal/contract';
import { openDialogue, type Dialogue } from './app.plain-dialogue.js';
import { enterSheet } from './app.plain-sheet.js';
import { submitComponent } from './app.plain-submit.js';
import { readSettings } from './app.settings.js';
import { dayAndTime } from './components/time.js';
import type { ApiResult } from './platform/api/result.js';
import type { Api } from './platform/api/api.js';
import { translator } from './platform/i18n/translate.js';
import { createOutbox, type Outbox } from './platform/outbox/outbox.js';
import { connect, type ClientOptions } from './platform/session/session.js';
import { answerSecond, provePlainly } from './app.plain-factors.js';
import { startSignIn, type SignIn, type SignInState } from './platform/session/sign-in.js';
import { sanitise } from './platform/text/sanitise.js';
import { componentTitle } from './components/component-title.js';

/** `--plain`: the same work as on the screen, one question and one sentence after another; nothing is ever redrawn. */
export async function runPlain(options: ClientOptions, { stdin, stdout, env }: NodeJS.Process): Promise<number> {
  const { language } = readSettings(options.paths.settingsFile, env);
  const dialogue = openDialogue({ stdin, stdout, t: translator(language), language });
  const { api } = connect({ ...options, language: () => language, prove: () => provePlainly(options, dialogue) });
  dialogue.say('plain.welcome', { server: options.server });
  try {
    const me = await whoIsThere(options, api, dialogue);
    if (me === undefined) return 3;
    dialogue.say('plain.signed-in', { name: sanitise(me.displayName) });
    const outbox = createOutbox({ api, server: options.server, account: me.account, journalFolder: options.paths.journalFolder });
    await outbox.resume();
    await sayModeration(api, dialogue);
    await components({ api, outbox, dialogue });
    await outbox.close();
    dialogue.say('plain.goodbye');
    return 0;
  } finally {
    dialogue.close();
  }
}

/** Nobody with a unit is to take the list below for all of their work. */
async function sayModeration(api: Api, dialogue: Dialogue): Promise<void> {
  const units = await api.iamis.summaries();
  if (units.kind === 'ok' && units.value.length > 0) dialogue.say('plain.moderation', { count: units.value.length });
}

export interface Plain {
  readonly api: Api;
  readonly outbox: Outbox;
  readonly dialogue: Dialogue;
}

async function whoIsThere(options: ClientOptions, api: Api, dialogue: Dialogue): Promise<Me | undefined> {
  const me = await api.me();
  if (me.kind === 'ok') return me.value;
  if (me.kind !== 'signed-out') return void dialogue.refused(me);
  for (;;) {
    const username = await dialogue.ask('plain.username');
    if (!username) return undefined;
    const started = await startSignIn(options);
    const signedIn = started.kind === 'ok' ? await answerSteps(started.value, username.trim(), dialogue) : started;
    if (signedIn.kind === 'ok') return signedIn.value;
    dialogue.refused(signedIn);
  }
}

async function answerSteps(signIn: SignIn, username: string, dialogue: Dialogue): Promise<ApiResult<Me>> {
  let next: ApiResult<SignInState> = await signIn.username(username);
  while (next.kind === 'ok') {
    const state = next.value;
    if (state.step === 'signed-in') return { kind: 'ok', value: state.me };
    if (state.step === 'password') next = await signIn.password((await dialogue.askSecretly('plain.password')) ?? '');
    else if (state.step === 'stay') next = await signIn.stay((await dialogue.ask('plain.stay')) === '1');
    else if (state.step === 'username') next = await signIn.username(username);
    else if (state.step === 'code' || state.step === 'approve') next = await answerSecond(signIn, state, dialogue);
    else return { kind: 'problem', problem: { type: 'sign-in-refused', title: '', status: 401, detail: state.name } };
  }
  return next;
}

async function components(plain: Plain): Promise<void> {
  const { api, dialogue } = plain;
  for (;;) {
    const emi = await api.emi();
    // Here nothing is set up: the command line does it.
    if (emi.kind === 'problem' && emi.problem.type === 'factor-not-set-up') return dialogue.say('cli.factor-not-set-up');
    if (emi.kind !== 'ok') return dialogue.refused(emi);
    dialogue.say('plain.components', { count: emi.value.length });
    emi.value.forEach((component, index) => sayComponent(component, index + 1, dialogue));
    const chosen = await dialogue.choose('plain.choose-component', emi.value);
    if (chosen === undefined) return;
    await oneComponent(plain, chosen);
  }
}

function sayComponent(component: EmiSummary, number: number, { say, t, language }: Dialogue): void {
  const { left, outstanding, entered, submitted } = component;
  const title = componentTitle(component, { t, language, now: 0 });
  say('plain.component', { number, title, left, outstanding, entered, submitted, deadline: dayAndTime(component.deadline, language) });
}

async function oneComponent(plain: Plain, component: EmiSummary): Promise<void> {
  const { dialogue } = plain;
  for (;;) {
    const what = await dialogue.ask('plain.what');
    if (what === '1') await sheets(plain, component);
    else if (what === '2') return submitComponent(plain, component);
    else return;
  }
}

async function sheets(plain: Plain, component: EmiSummary): Promise<void> {
  const { api, dialogue } = plain;
  for (;;) {
    const list = await api.sheets(component.component);
    if (list.kind !== 'ok') return dialogue.refused(list);
    list.value.forEach(({ centre, name, left, entered, submitted }, index) =>
      dialogue.say('plain.sheet', { number: index + 1, centre, name: sanitise(name), left, entered, submitted }));
    const chosen = await dialogue.choose('plain.choose-sheet', list.value);
    if (chosen === undefined) return;
    await enterSheet(plain, component, chosen.centre);
  }
}
