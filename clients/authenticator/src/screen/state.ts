/** What the full screen knows and what a key does to it: pure, so that all of it is tested without a terminal. */
import type { ApprovalRequest } from '@portal/contract';
import { say, type MessageId } from '../messages.en.js';

export interface Said {
  readonly id: MessageId;
  readonly values?: Readonly<Record<string, string>>;
  readonly isError: boolean;
}

export interface ScreenState {
  /** Paired here, for the first line. */
  readonly accounts: readonly string[];
  readonly requests: readonly ApprovalRequest[];
  /** Of the request that is answered next; the first one where it is gone. */
  readonly chosen: string | undefined;
  /** What was typed of the number. */
  readonly typed: string;
  readonly isBusy: boolean;
  readonly said: Said | undefined;
  readonly now: number;
}

export type Answer =
  | { readonly kind: 'approve'; readonly request: string; readonly number: string }
  | { readonly kind: 'deny' | 'report'; readonly request: string };

export interface Step {
  readonly state: ScreenState;
  readonly answer?: Answer;
  readonly leaves?: true;
}

export const screenStart = (accounts: readonly string[], now: number): ScreenState =>
  ({ accounts, requests: [], chosen: undefined, typed: '', isBusy: false, said: undefined, now });

export function chosenRequest({ requests, chosen }: ScreenState): ApprovalRequest | undefined {
  return requests.find(({ request }) => request === chosen) ?? requests[0];
}

/** Whoever approves should know what for: a proof is wanted by who is signed in, for an export or an outcome. */
export function headingOf(state: ScreenState): string {
  const [one, ...more] = state.requests;
  if (one === undefined) return '';
  return more.length > 0 ? say('screen.several', { count: String(state.requests.length) }) : say(`screen.one.${one.purpose}`);
}

export function secondsLeft({ expiresAt }: ApprovalRequest, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));
}

/** What was typed was meant for the request that stood there: with another one it is void. */
export function listed(state: ScreenState, requests: readonly ApprovalRequest[], now: number): ScreenState {
  const next = { ...state, requests, now };
  const chosen = chosenRequest(next)?.request;
  // What was said is about an earlier one: with a request that is new here it would mislead.
  const isNew = requests.some(({ request }) => !state.requests.some((one) => one.request === request));
  const said = isNew || (requests.length > 0 && state.said?.isError === false) ? undefined : state.said;
  return { ...next, chosen, said, typed: chosen === chosenRequest(state)?.request ? state.typed : '' };
}

export function keyed(state: ScreenState, key: string): Step {
  if (key === 'q' || key === 'ctrl-c' || key === 'escape') return { state, leaves: true };
  const request = chosenRequest(state)?.request;
  if (request === undefined || state.isBusy) return { state };
  if (key === 'up' || key === 'down') return { state: moved(state, key === 'up' ? -1 : 1) };
  if (/^\d$/.test(key)) return { state: { ...state, typed: `${state.typed}${key}`.slice(-2), said: undefined } };
  if (key === 'backspace') return { state: { ...state, typed: state.typed.slice(0, -1) } };
  if (key === 'd' || key === 'r') return sent(state, { kind: key === 'd' ? 'deny' : 'report', request });
  if (key !== 'enter') return { state };
  if (state.typed.length < 2) return { state: { ...state, said: { id: 'screen.both-digits', isError: true } } };
  return sent(state, { kind: 'approve', request, number: state.typed });
}

/** It came to an end, well or not: the request stands there no longer. */
export function ended(state: ScreenState, said: Said): ScreenState {
  const requests = state.requests.filter(({ request }) => request !== chosenRequest(state)?.request);
  return { ...state, requests, chosen: requests[0]?.request, typed: '', isBusy: false, said };
}

function moved(state: ScreenState, by: number): ScreenState {
  const at = state.requests.findIndex(({ request }) => request === chosenRequest(state)?.request);
  const to = Math.min(state.requests.length - 1, Math.max(0, at + by));
  return { ...state, chosen: state.requests[to]?.request, typed: to === at ? state.typed : '' };
}

const sent = (state: ScreenState, answer: Answer): Step => ({ state: { ...state, isBusy: true, said: undefined }, answer });
