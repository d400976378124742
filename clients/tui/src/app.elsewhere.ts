import type { Client } from './app.client.js';
import type { World } from './app.world.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import type { ApiResult } from './platform/api/result.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import type { Typed } from './platform/screen.js';
import type { Elsewhere } from './platform/session/elsewhere.js';

/** Sign-ins whose questions are answered in a browser, here or on another device: one at a time. */
export function elsewhereInterpreters(world: World): Interpreters {
  /** Of the one that is waited for; beginning another, or going back, gives it up. */
  let current: symbol | undefined;
  let giveUp = () => {};
  const cancel = () => {
    giveUp();
    giveUp = () => {};
    current = undefined;
  };
  const begin = (start: () => Promise<ApiResult<Elsewhere>>): Interpreter => (async (_: unknown, answer: (message: Typed) => void) => {
    cancel();
    const mine = (current = Symbol());
    const refused = (result: Exclude<ApiResult<never>, { kind: 'ok' }>) =>
      answer({ type: 'refused', sentence: sentenceOf(result), startsAgain: false } as Typed);
    const started = await start();
    // Whoever went back while the provider was being asked wants no browser any more.
    if (current !== mine) return void (started.kind === 'ok' && started.value.giveUp());
    if (started.kind !== 'ok') return refused(started);
    const { way, address, addressWithCode, userCode, expiresAt, ended } = started.value;
    giveUp = started.value.giveUp;
    answer({ type: 'elsewhere', way, address: addressWithCode ?? address, ...(userCode && { userCode }), expiresAt } as Typed);
    const result = await ended;
    if (result.kind === 'ok') return world.client.begin(result.value);
    if (current === mine) refused(result);
  }) as Interpreter;
  const { options } = world.client;
  return {
    'sign-in/browser': begin(async () => (await import('./platform/session/browser.js')).startBrowserSignIn(options, world.env)),
    'sign-in/device': begin(async () => (await import('./platform/session/device-code.js')).startDeviceSignIn(options)),
    'sign-in/cancel': cancel,
  };
}

/** At the start: whoever is signed in to AMP on this device comes straight to All services. */
export async function beginByAmp(client: Client): Promise<void> {
  const { signInByAmp } = await import('./platform/session/amp.js');
  const opened = await signInByAmp(client.options);
  if (opened?.kind === 'ok') await client.begin(opened.value);
}
