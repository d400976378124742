import type { Factor, OpenSession } from '@portal/contract';
import { EMPTY_FIELD, type Field } from '../../components/field.js';
import type { Sentence } from '../../platform/screen.js';

/** A person's own sign-ins, and what is asked for besides the password. */

export interface FactorsSetUp {
  readonly factors: readonly Factor[];
  /** How many are left. */
  readonly recoveryCodes: number;
}

/** What is being set up: each on a page of its own. */
export type SetUp =
  | { readonly kind: 'totp'; readonly secret: string; readonly uri: string }
  | { readonly kind: 'phone' }
  | { readonly kind: 'sms'; readonly sentTo: string }
  | { readonly kind: 'app'; readonly uri: string; readonly expiresAt: string; readonly secondsLeft: number }
  /** Shown once; nobody can read them afterwards. */
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

export type Question =
  | { readonly kind: 'end'; readonly session: OpenSession }
  /** `leave`: a set-up that is not finished; `kept`: before the recovery codes go for good. */
  | { readonly kind: 'everywhere' | 'leave' | 'kept' };

export interface AccountState {
  /** The account was opened with an invitation just now: factors come first, and All services after them. */
  readonly isSetUp: boolean;
  readonly sessions: readonly OpenSession[] | undefined;
  /** Undefined until whoever asks has proved lately who they are. */
  readonly factors: FactorsSetUp | undefined;
  readonly selected: number;
  readonly setUp: SetUp | undefined;
  readonly question: Question | undefined;
  readonly field: Field;
  readonly isBusy: boolean;
  readonly problem: Sentence | undefined;
}

export interface AccountParams {
  readonly isSetUp?: boolean;
}

export const accountStart = ({ isSetUp = false }: AccountParams): AccountState => ({
  isSetUp, sessions: undefined, factors: undefined, selected: 0, setUp: undefined, question: undefined,
  field: EMPTY_FIELD, isBusy: false, problem: undefined,
});

export type AccountMessage =
  | { readonly type: 'sessions'; readonly sessions: readonly OpenSession[] }
  | ({ readonly type: 'factors' } & FactorsSetUp)
  | { readonly type: 'setting-up'; readonly setUp: SetUp }
  /** Empty where there are some already. */
  | { readonly type: 'set-up'; readonly codes: readonly string[] }
  | { readonly type: 'ended'; readonly sentence: Sentence }
  | { readonly type: 'refused'; readonly sentence: Sentence };

export type AccountEffect =
  | { readonly type: 'account/sessions' }
  /** `quietly`: without asking whether it is really them. */
  | { readonly type: 'account/factors'; readonly quietly: boolean }
  | { readonly type: 'account/end'; readonly session: string }
  | { readonly type: 'account/everywhere' }
  | { readonly type: 'account/leave' }
  | { readonly type: 'account/begin'; readonly factor: 'totp' | 'app' | 'recovery' }
  | { readonly type: 'account/phone'; readonly phone: string }
  | { readonly type: 'account/confirm'; readonly factor: 'totp' | 'sms'; readonly code: string };

/** What can be chosen, from top to bottom. */
export type Row =
  | { readonly kind: 'session'; readonly session: OpenSession }
  | { readonly kind: 'everywhere' | 'show' | 'app' | 'totp' | 'sms' | 'recovery' | 'done' };

export function rowsOf({ isSetUp, sessions = [], factors }: AccountState): readonly Row[] {
  const deeds: readonly Row[] = factors === undefined
    ? [{ kind: 'show' }]
    : [{ kind: 'app' }, { kind: 'totp' }, { kind: 'sms' }, ...(factors.factors.length > 0 ? [{ kind: 'recovery' } as const] : [])];
  // Nothing leads past it: the first way is set up now.
  if (isSetUp) return isProtected({ factors }) ? [...deeds, { kind: 'done' }] : deeds;
  return [...sessions.map((session): Row => ({ kind: 'session', session })), { kind: 'everywhere' }, ...deeds];
}

/** Something besides the password opens the account. */
export const isProtected = ({ factors }: Pick<AccountState, 'factors'>): boolean => (factors?.factors.length ?? 0) > 0;
