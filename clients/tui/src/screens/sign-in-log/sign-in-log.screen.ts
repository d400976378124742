import type { SignInLogEntry } from '@portal/contract';
import { clamp, firstVisible } from '../../components/list.js';
import { allAs } from '../../components/paint.js';
import { tableRow } from '../../components/table.js';
import { DAY_AND_TIME_COLUMNS, dayAndTime, exactTime } from '../../components/time.js';
import { en, type MessageId, type Translate } from '../../platform/i18n/catalogue.js';
import type { Frame, Line, Overlay, Screen, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, cutWords, fit, inPieces, width, wrap } from '../../platform/text/width.js';
import {
  FIXED_ROWS, SIGN_IN_LOG_KEYS, selectedOf, shownEntries, signInLogStart, updateSignInLog,
  type SignInLogEffect, type SignInLogMessage, type SignInLogState,
} from './sign-in-log.state.js';

/** For auditors: who signed in, with what, and what was refused. */
export const signInLogScreen: Screen<SignInLogState, SignInLogMessage, SignInLogEffect, object> = {
  name: 'sign-in-log',
  init: signInLogStart,
  update: updateSignInLog,
  view,
  keys: SIGN_IN_LOG_KEYS,
  title: (_, { t }) => t('sign-in-log.title'),
  takesText: (state) => state.list.isTyping,
};

function view(state: SignInLogState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const columns = columnsFor(size);
  const rows = shownEntries(state);
  const page = Math.max(1, size.rows - FIXED_ROWS);
  const selected = clamp(state.list.selected, rows.length);
  const first = firstVisible(selected, rows.length, page);
  const line = (entry: SignInLogEntry, index: number): Line => {
    const isSelected = first + index === selected;
    const text = cut(`${isSelected ? ' ▸' : '  '} ${tableRow(columns, cells(entry, context))}`, size.columns);
    return isSelected ? allAs(text, size.columns, 'selected') : text;
  };
  const head = tableRow(columns, [t('sign-in-log.when'), t('sign-in-log.what'), t('sign-in-log.who'), t('sign-in-log.how')]);
  const lines: Line[] = [
    [{ text: ` ${t('sign-in-log.heading', { count: rows.length, more: state.hasMore ? 'yes' : 'no' })}`, as: 'heading' }],
    filterLine(state, context),
    [{ text: fit(`   ${head}`, size.columns), as: 'muted' }],
    ...rows.slice(first, first + page).map(line),
    ...(state.entries !== undefined && rows.length === 0 ? [`   ${t('filter.nothing', { text: sanitise(state.list.filter.text) })}`] : []),
  ];
  const message = messageOf(state, context);
  const keys = [['enter', t('filter.apply')], ['escape', t('filter.clear')]] as const;
  const entry = state.isOpen ? selectedOf(state) : undefined;
  return { lines, ...(message && { message }), ...(state.list.isTyping && { keys }), ...(entry && { overlay: details(entry, size, context) }) };
}

function columnsFor(size: Size) {
  const how = Math.min(50, Math.max(16, size.columns - 64));
  const who = size.columns - 4 - DAY_AND_TIME_COLUMNS - 20 - how - 6;
  return [{ columns: DAY_AND_TIME_COLUMNS }, { columns: 20 }, { columns: who }, { columns: how }];
}

function cells(entry: SignInLogEntry, { t, language }: ViewContext): readonly string[] {
  // About nobody's account: whoever did it is who it is about.
  const by = entry.person === null ? null : doneBy(entry, t);
  const how = [entry.amr?.join('+'), entry.factor, entry.reason, by && t('sign-in-log.by', { name: by })];
  return [
    dayAndTime(entry.recordedAt, language),
    cutWords(what(entry, t), 20),
    sanitise(entry.person ?? doneBy(entry, t) ?? t('sign-in-log.nobody')),
    how.filter(Boolean).map((part) => sanitise(part!)).join(' · '),
  ];
}

/** Nobody is called `process:…`: that the service did by itself. */
function doneBy({ by }: SignInLogEntry, t: Translate): string | null {
  return by?.startsWith('process:') === true ? t('sign-in-log.portal') : by && sanitise(by);
}

/** A kind of event that is newer than this client is named as the log names it. */
function what({ type }: SignInLogEntry, t: Translate): string {
  const id = `sign-in-log.type.${type}`;
  return id in en ? t(id as MessageId) : sanitise(type);
}

function details(entry: SignInLogEntry, size: Size, { t, language }: ViewContext): Overlay {
  const columns = Math.min(size.columns - 6, 100);
  const said: readonly (readonly [MessageId, string | null])[] = [
    ['sign-in-log.when', exactTime(entry.recordedAt, language)],
    ['sign-in-log.who', entry.person === null ? (entry.by === null ? t('sign-in-log.nobody') : null) : [entry.person, entry.username && `(${entry.username})`].filter(Boolean).join(' ')],
    ['sign-in-log.done-by', doneBy(entry, t)],
    ['sign-in-log.device', entry.device],
    ['sign-in-log.amr', entry.amr?.join(' ') ?? null],
    ['sign-in-log.factor', entry.factor],
    ['sign-in-log.reason', entry.reason],
    ['sign-in-log.session', entry.session],
    ['sign-in-log.event', entry.event],
    ['sign-in-log.position', entry.position],
  ];
  const lines = said.filter(([, value]) => value !== null).flatMap(([id, value]) => wholeWords(`${fit(t(id), 12)}${sanitise(value!)}`, columns));
  return { title: what(entry, t), lines: ['', ...lines, ''], keys: [['escape', t('help.close')]] };
}

/** An address that is longer than a line goes on in the next. */
const wholeWords = (text: string, columns: number): readonly string[] =>
  wrap(text.split(' ').flatMap((word) => (width(word) > columns ? inPieces(word, columns) : [word])).join(' '), columns);

function filterLine({ list }: SignInLogState, { t }: ViewContext): Line {
  if (!list.isTyping && list.filter.text === '') return '';
  const text = ` ${t('filter.prompt', { text: sanitise(list.filter.text) })}`;
  return list.isTyping ? [text, { text: ' ', as: 'selected' }] : text;
}

function messageOf(state: SignInLogState, { t }: ViewContext): Line | undefined {
  if (state.problem) return [{ text: ` ! ${t(state.problem.id, state.problem.values)}`, as: 'error' }];
  return state.entries === undefined ? ` ${t('list.loading')}` : undefined;
}
