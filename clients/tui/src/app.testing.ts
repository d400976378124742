import type { EmiSummary, Me, Receipt, ServiceEntry, Sheet, SheetSummary } from '@portal/contract';
import { createApp } from './app.js';
import { LOCK_AFTER } from './app.lock.js';
import { SCREENS } from './app.screens.js';
import { bodySize, type AppEffect, type AppMessage, type AppState } from './app.state.js';
import { viewApp } from './app.view.js';
import { plainText } from './components/paint.js';
import type { Key } from './platform/input/key.js';
import { tokenize, EMPTY, flush } from './platform/input/tokenizer.js';
import type { Typed } from './platform/screen.js';

/** For tests: the whole client without a terminal and without a service; everything it asks for is collected. */
export interface Rig {
  readonly state: () => AppState;
  readonly effects: () => readonly AppEffect[];
  readonly send: (...messages: readonly AppMessage[]) => void;
  /** As a terminal would send it: `\r`, `\u001b[A`. */
  readonly press: (text: string) => void;
  readonly keys: (...keys: readonly Key[]) => void;
  /** Answers the screen on top. */
  readonly answer: (message: Told) => void;
  /** The screen as text, without the spaces at the ends of rows. */
  readonly text: () => string;
  readonly top: () => string;
}

/** Whatever an interpreter might answer a screen with. */
export type Told = Typed & Readonly<Record<string, unknown>>;

export const NOON = Date.UTC(2017, 0, 30, 12, 0);

const app = createApp({
  screens: SCREENS,
  clock: () => NOON,
  newId: () => '00000000-0000-4000-8000-000000000000',
  home: 'services-menu',
  signIn: 'sign-in', stepUp: 'step-up', lockAfter: LOCK_AFTER,
});

export function rig(name: string, params: unknown, size = { columns: 80, rows: 24 }, person: Me | null = me): Rig {
  const begun = app.start(
    {
      ...size,
      overlay: undefined,
      keys: 0,
      idleSince: NOON,
      language: 'en',
      theme: 'default',
      now: NOON,
      connection: { kind: person ? 'online' : 'none', queued: 0 },
      person: person ?? undefined,
      workAs: {},
      said: undefined,
    },
    name,
    params,
  );
  let state = begun.state;
  const effects = [...begun.effects];
  const send = (...messages: readonly AppMessage[]) => {
    for (const message of messages) {
      const next = app.update(state, message);
      state = next.state;
      effects.push(...next.effects);
    }
  };
  const keys = (...all: readonly Key[]) => send(...all.map((key): AppMessage => ({ type: 'key', key })));
  return {
    state: () => state,
    effects: () => effects,
    send,
    keys,
    press: (text) => {
      const read = tokenize(EMPTY, new TextEncoder().encode(text));
      keys(...read.keys, ...flush(read.state).keys);
    },
    answer: (message) => send({ type: 'answered', to: state.stack.at(-1)!.id, message }),
    text: () => viewApp(state, SCREENS).map((line) => plainText(line).trimEnd())
        .join('\n'),
    top: () => state.stack.at(-1)!.name,
  };
}

export function bodyOf(state: AppState) {
  return bodySize(state);
}

export const me: Me = {
  account: 'a1',
  username: 'user7@wjec-appointees.co.uk',
  displayName: 'PORTAL Test User 7',
  roles: ['appointee'],
  capacities: [{ component: '9521/01@2017-01', role: 'examiner' }],
  expiresAt: '2017-01-30T13:00:00.000Z',
};

export const services: readonly ServiceEntry[] = [
  { section: 'examinations-and-assessments', service: 'iamis', waiting: 0 },
  { section: 'examinations-and-assessments', service: 'emi', waiting: 290 },
  { section: 'examinations-and-assessments', service: 'documents', waiting: 0 },
];

export const latin: EmiSummary = {
  component: '9521/01@2017-01',
  code: '9521/01',
  qualification: 'GCSE',
  series: 'January 2017',
  title: 'Latin Language Core: Level 2',
  titles: { en: 'Latin Language Core: Level 2', cy: 'Iaith Ladin Graidd: Lefel 2' },
  deadline: '2017-02-12T23:59:00.000Z',
  maximum: 80,
  halfMarks: false,
  allocated: 290,
  left: 290,
  outstanding: 0,
  entered: 0,
  submitted: 0,
};

export const sheets: readonly SheetSummary[] = [
  { centre: '68101', name: 'Ysgol Gyfun Aberteifi', allocated: 26, left: 20, outstanding: 1, entered: 5, submitted: 0 },
  { centre: '68102', name: 'Cardiff High School', allocated: 27, left: 27, outstanding: 0, entered: 0, submitted: 0 },
  { centre: '68103', name: 'Olchfa School', allocated: 30, left: 0, outstanding: 0, entered: 0, submitted: 30 },
];

const candidate = (number: string, mark: number | 'ABS' | null, confirmed = true) => ({
  candidate: number,
  name: `Candidate ${number}`,
  state: mark === null ? ('blank' as const) : ('entered' as const),
  mark,
  savedAt: mark === null ? null : '2017-01-30T11:59:00.000Z',
  revision: 3,
  confirmed,
  verified: false,
  flagged: false,
});

export const sheet: Sheet = {
  component: latin.component,
  centre: '68101',
  name: 'Ysgol Gyfun Aberteifi',
  maximum: 80,
  halfMarks: false,
  revision: 12,
  candidates: [
    candidate('0001', 34),
    candidate('0002', 'ABS'),
    candidate('0003', 80, false),
    candidate('0004', 0, false),
    candidate('0005', null),
  ],
};

export const receipt: Receipt = {
  receipt: 'R-2017-000123',
  component: latin.component,
  marks: 3,
  absent: 1,
  sheets: 1,
  leftOut: [],
  position: '00000000000000000042',
  recordedAt: '2017-01-30T12:00:00.000Z',
  late: false,
  logHead: { position: '00000000000000000040', hash: 'c0ffee'.repeat(10) + 'abcd' },
};

/** Names as an attacker would write them: clipboard, title, colours, direction, C1, line ends. */
export const HOSTILE = 'Eve\u001b]52;c;ZXZpbA==\u0007\u001b[31m\u009b2J\u202Egnp.\u2066\u200f\r\nA\u0000';
