import type { DemoCredential, Factor } from '@portal/contract';
import { EMPTY_FIELD, type Field } from '../../components/field.js';
import type { MessageId } from '../../platform/i18n/catalogue.js';
import type { Sentence } from '../../platform/screen.js';

export type SignInPage =
  | 'landing' | 'username' | 'password' | 'code' | 'approve' | 'factors' | 'stay'
  | 'options' | 'elsewhere'
  | 'help' | 'invitation' | 'forgotten' | 'reset'
  | 'locked';

/** What stands on a page and can be reached with Tab. */
export type Item =
  | 'appointee' | 'auditor' | 'administrator' | 'all-services' | 'invited' | 'language'
  | 'username' | 'next' | 'cannot-access' | 'options'
  | 'back' | 'password' | 'sign-in' | 'forgotten'
  | 'code' | 'verify' | 'once-more' | 'cannot-use' | 'more'
  | `by-${Factor}`
  | 'yes' | 'no'
  | 'in-terminal' | 'in-browser' | 'on-device' | 'begin-again'
  | 'invitation' | 'chosen' | 'chosen-again' | 'redeem' | 'send-code' | 'reset' | 'unlock';

/** What is typed on some page. */
export const FIELDS = ['username', 'password', 'code', 'invitation', 'chosen', 'chosen-again'] as const;
export type FieldItem = (typeof FIELDS)[number];

export const ITEMS: Readonly<Record<SignInPage, readonly Item[]>> = {
  landing: ['appointee', 'auditor', 'administrator', 'all-services', 'invited', 'language'],
  username: ['username', 'cannot-access', 'next', 'options'],
  password: ['password', 'forgotten', 'sign-in', 'back'],
  code: ['code', 'verify', 'once-more', 'cannot-use', 'back'],
  approve: ['cannot-use', 'once-more', 'more', 'back'],
  factors: ['by-app', 'by-totp', 'by-sms', 'by-recovery', 'back'],
  stay: ['yes', 'no'],
  options: ['in-terminal', 'in-browser', 'on-device', 'back'],
  elsewhere: ['begin-again', 'back'],
  help: ['forgotten', 'invited', 'back'],
  invitation: ['invitation', 'chosen', 'chosen-again', 'redeem', 'back'],
  forgotten: ['username', 'send-code', 'back'],
  locked: ['unlock'],
  reset: ['code', 'chosen', 'chosen-again', 'reset', 'back'],
};

/** What this person can reach: the ways that are set up for them, and no code is sent again that was never sent. */
export function itemsOf({ page, second, proves }: Pick<SignInScreenState, 'page' | 'second' | 'proves'>): readonly Item[] {
  const has = (item: Item) => second?.factors.some((factor) => item === `by-${factor}`) === true;
  return ITEMS[page].filter((item) => {
    if (item.startsWith('by-')) return has(item);
    if (item === 'forgotten') return proves === undefined;
    return item !== 'once-more' || page !== 'code' || second?.factor === 'sms';
  });
}

/** The step after the password. */
export interface SecondStep {
  readonly factor: Factor;
  readonly factors: readonly Factor[];
  readonly sentTo?: string | undefined;
  /** To be typed on the other device. */
  readonly number?: string | undefined;
  /** ISO 8601. */
  readonly expiresAt?: string | undefined;
  readonly secondsLeft: number;
  /** Answered or expired: nothing more comes of it. */
  readonly hasEnded: boolean;
}

/** A sign-in that is finished in a browser, here or on another device. */
export interface Elsewhere {
  readonly way: 'browser' | 'device';
  /** What the browser opens; with a code in it, so that nothing needs to be typed there. */
  readonly address: string;
  /** To be compared, or typed, on the other device. */
  readonly userCode?: string | undefined;
  /** ISO 8601. */
  readonly expiresAt?: string | undefined;
  readonly secondsLeft?: number | undefined;
}

export interface SignInScreenState extends Readonly<Record<FieldItem, Field>> {
  readonly page: SignInPage;
  readonly focus: Item;
  readonly second: SecondStep | undefined;
  readonly elsewhere: Elsewhere | undefined;
  readonly isBusy: boolean;
  readonly problem: Sentence | undefined;
  /** An explanation laid over the page. */
  readonly info: MessageId | undefined;
  /** The session ended while something was open: sign in once more over it. */
  readonly isAgain: boolean;
  /** Not a sign-in: whoever is signed in proves once more who they are. */
  readonly proves?: 'step-up' | 'lock';
  readonly credentials: readonly DemoCredential[];
  readonly server: string;
  /** What was said of the sign-in that has just been ended here. */
  readonly stillOpen: readonly Sentence[];
}

/** Secrets leave the screen with the page on which they were typed. */
export const FORGOTTEN = {
  password: EMPTY_FIELD, code: EMPTY_FIELD, invitation: EMPTY_FIELD, chosen: EMPTY_FIELD, 'chosen-again': EMPTY_FIELD,
} as const;

export interface SignInParams {
  readonly again?: boolean;
  readonly username?: string;
  readonly credentials?: readonly DemoCredential[];
  readonly server?: string;
  readonly stillOpen?: readonly Sentence[] | undefined;
}

export function signInStart(params: SignInParams): SignInScreenState {
  const isAgain = params.again === true;
  const text = params.username ?? '';
  return {
    page: isAgain ? 'username' : 'landing',
    // Over a screen no field has the keys at first: somebody may be typing marks, with the eyes on the paper.
    focus: isAgain ? 'next' : 'appointee',
    username: { text, cursor: [...text].length },
    ...FORGOTTEN,
    second: undefined,
    elsewhere: undefined,
    isBusy: false,
    problem: undefined,
    info: undefined,
    isAgain,
    credentials: params.credentials ?? [],
    server: params.server ?? '',
    stillOpen: params.stillOpen ?? [],
  };
}

export type SignInMessage =
  | { readonly type: 'stepped'; readonly step: 'username' | 'password' | 'stay' }
  | { readonly type: 'asked'; readonly second: Omit<SecondStep, 'secondsLeft' | 'hasEnded'> }
  | ({ readonly type: 'elsewhere' } & Omit<Elsewhere, 'secondsLeft'>)
  /** A code was sent to wherever the account can be reached, if there is such an account. */
  | { readonly type: 'code-sent' }
  /** The new password stands: sign in with it. */
  | { readonly type: 'password-reset'; readonly username: string }
  | { readonly type: 'unsupported'; readonly name: string }
  | { readonly type: 'signed-in' }
  | { readonly type: 'refused'; readonly sentence: Sentence; readonly startsAgain: boolean }
  | { readonly type: 'welcomed'; readonly credentials: readonly DemoCredential[]; readonly server: string };

export type SignInEffect =
  | { readonly type: 'sign-in/welcome' }
  | { readonly type: 'sign-in/language' }
  | { readonly type: 'sign-in/username'; readonly username: string }
  | { readonly type: 'sign-in/password'; readonly password: string }
  | { readonly type: 'sign-in/code'; readonly code: string }
  /** Has the number been typed on the other device? */
  | { readonly type: 'sign-in/approve' }
  | { readonly type: 'sign-in/factor'; readonly factor: Factor }
  | { readonly type: 'sign-in/stay'; readonly stay: boolean }
  | { readonly type: 'sign-in/browser' }
  | { readonly type: 'sign-in/device' }
  /** Nobody is asked for a number before somebody is there to type it. */
  | { readonly type: 'sign-in/unlock' }
  /** Nobody waits any longer for the browser or the other device. */
  | { readonly type: 'sign-in/cancel' }
  | { readonly type: 'sign-in/redeem'; readonly invitation: string; readonly password: string }
  | { readonly type: 'sign-in/forgotten'; readonly username: string }
  | { readonly type: 'sign-in/reset'; readonly code: string; readonly password: string };
