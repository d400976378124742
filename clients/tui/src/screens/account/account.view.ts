import { deviceName } from '../../components/device-name.js';
import { firstVisible } from '../../components/list.js';
import { allAs } from '../../components/paint.js';
import { tableRow } from '../../components/table.js';
import { DAY_AND_TIME_COLUMNS, dayAndTime } from '../../components/time.js';
import type { MessageId } from '../../platform/i18n/catalogue.js';
import type { Frame, Line, Overlay, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, wrap } from '../../platform/text/width.js';
import { selectedRow } from './account.keys.js';
import { viewSetUp } from './account.set-up-view.js';
import { rowsOf, type AccountState, type Question, type Row } from './account.state.js';

export function viewAccount(state: AccountState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const text = state.isBusy ? ` ${t('account.busy')}` : state.problem ? ` ! ${t(state.problem.id, state.problem.values)}` : '';
  const message: Line = state.problem && !state.isBusy ? [{ text, as: 'error' }] : text;
  const lines = state.setUp === undefined ? list(state, size, context) : viewSetUp(state, state.setUp, size, context);
  return {
    lines: lines.slice(0, size.rows),
    ...(text !== '' && { message }),
    ...(state.question && { overlay: question(state.question, size, context) }),
  };
}

function list(state: AccountState, size: Size, context: ViewContext): readonly Line[] {
  const { t } = context;
  const rows = rowsOf(state);
  const sessions = rows.filter(({ kind }) => kind === 'session');
  const others = rows.slice(sessions.length);
  const selected = selectedRow(state);
  const room = Math.max(1, size.rows - others.length - 10);
  const first = firstVisible(Math.min(state.selected, sessions.length - 1), sessions.length, room);
  const line = (row: Row) => rowLine(row, row === selected || isSame(row, selected), size, context);
  const top = state.isSetUp
    ? [heading(t('account.set-up-heading')), ...wrap(t('account.set-up-why'), size.columns - 2).map((text) => ` ${text}`)]
    : [
      heading(t('account.sessions')),
      [{ text: fitted(size, ['', t('account.device'), t('account.started'), t('account.last-seen'), '']), as: 'muted' as const }],
      ...(state.sessions === undefined ? [` ${t('list.loading')}`] : sessions.slice(first, first + room).map(line)),
      ...(others[0]?.kind === 'everywhere' ? [line(others[0])] : []),
      ...aboutSelected(selected, size, context),
    ];
  return ['', ...top, '', heading(t('account.factors')), ` ${factorsText(state, context)}`, '', ...others.filter(({ kind }) => kind !== 'everywhere').map(line)];
}

/** What a narrow column could only begin to say, and when it ends however much it is used. */
function aboutSelected(selected: Row | undefined, size: Size, { t, language }: ViewContext): readonly Line[] {
  // An empty line in its place: nothing below jumps.
  if (selected?.kind !== 'session') return [''];
  const { device, endsAt } = selected.session;
  const ends = endsAt === undefined ? [] : [t('account.ends', { when: dayAndTime(endsAt, language) })];
  const text = [sanitise(deviceName(device)), ...ends].join(' · ');
  return wrap(text, size.columns - 4).slice(0, 2).map((one): Line => [{ text: `   ${one}`, as: 'muted' }]);
}

function isSame(row: Row, other: Row | undefined): boolean {
  return row.kind === 'session' ? other?.kind === 'session' && other.session.session === row.session.session : row.kind === other?.kind;
}

const heading = (text: string): Line => [{ text: ` ${text}`, as: 'heading' }];

function factorsText({ factors }: AccountState, { t }: ViewContext): string {
  if (factors === undefined) return t('account.factors-hidden');
  const names = factors.factors.filter((factor) => factor !== 'recovery').map((factor) => t(`account.factor.${factor}`));
  const codes = factors.recoveryCodes > 0 ? [t('account.codes-left', { count: factors.recoveryCodes })] : [];
  return names.length === 0 ? t('account.no-factors') : [...names, ...codes].join(' · ');
}

function rowLine(row: Row, isSelected: boolean, size: Size, context: ViewContext): Line {
  const sign = isSelected ? '▸' : ' ';
  const text = row.kind === 'session' ? sessionText(row.session, sign, size, context) : ` ${sign} ${context.t(`account.do.${row.kind}`)}`;
  return isSelected ? allAs(text, size.columns, 'selected') : text;
}

function sessionText(session: Extract<Row, { kind: 'session' }>['session'], sign: string, size: Size, { t, language }: ViewContext): string {
  const { device, startedAt, lastSeenAt, kept, here, amp } = session;
  const notes = [...(here ? [t('account.here')] : []), ...(amp === true ? [t('account.amp')] : []), ...(kept ? [t('account.kept')] : [])].join(', ');
  return fitted(size, [sign, sanitise(deviceName(device)), dayAndTime(startedAt, language), dayAndTime(lastSeenAt, language), notes]);
}

/** The device gets what the others leave. */
function fitted({ columns }: Size, cells: readonly string[]): string {
  const device = Math.min(48, columns - 60);
  const widths = [2, device, DAY_AND_TIME_COLUMNS, DAY_AND_TIME_COLUMNS, 21].map((one) => ({ columns: one }));
  return cut(` ${tableRow(widths, cells)}`, columns);
}

function question(asked: Question, size: Size, { t, language }: ViewContext): Overlay {
  const columns = Math.min(size.columns - 6, 100);
  const { title, enter, escape } = QUESTIONS[asked.kind];
  const text = asked.kind === 'end'
    ? t('account.ask-end', { device: sanitise(deviceName(asked.session.device)), started: dayAndTime(asked.session.startedAt, language) })
    : t(`account.ask-${asked.kind}`);
  return { title: t(title), lines: ['', ...wrap(text, columns), ''], keys: [['enter', t(enter)], ['escape', t(escape)]] };
}

/** What stands above each question, and the two answers. */
const QUESTIONS: Readonly<Record<Question['kind'], Readonly<Record<'title' | 'enter' | 'escape', MessageId>>>> = {
  end: { title: 'account.key.end', enter: 'account.key.end.short', escape: 'key.back.short' },
  everywhere: { title: 'account.do.everywhere', enter: 'account.do.everywhere', escape: 'key.back.short' },
  leave: { title: 'account.leave', enter: 'account.leave.enter', escape: 'account.leave.escape' },
  kept: { title: 'account.set-up.codes', enter: 'account.kept-codes.enter', escape: 'account.kept-codes.escape' },
};
