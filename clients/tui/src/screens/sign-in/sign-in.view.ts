import { fieldLine } from '../../components/field.js';
import type { Frame, Line, Overlay, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width, wrap } from '../../platform/text/width.js';
import { demoHint, demoHints } from './sign-in.demo-view.js';
import { viewApprove, viewCode } from './sign-in.second-view.js';
import { viewElsewhere, viewForgotten, viewHelp, viewInvitation, viewOptions, viewReset } from './sign-in.ways-view.js';
import { itemsOf, type Item, type SignInScreenState } from './sign-in.state.js';

export function viewSignIn(state: SignInScreenState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const lines = fitted(['', ...whyAsked(state, size, context), ...PAGES[state.page](state, size, context)], size.rows);
  const text = state.isBusy ? ` ${t('sign-in.busy')}` : state.problem ? ` ! ${t(state.problem.id, state.problem.values)}` : '';
  const message: Line = state.problem && !state.isBusy ? [{ text, as: 'error' }] : text;
  const indented = lines.map((line): Line => (typeof line === 'string' ? `  ${line}` : ['  ', ...line]));
  return { lines: indented, ...(text !== '' && { message }), ...(state.info && { overlay: info(state, size, context) }) };
}

export function titleOfSignIn(state: SignInScreenState, { t }: ViewContext): string {
  if (state.proves !== undefined) return t(`sign-in.title.${state.proves}`);
  return t(state.isAgain ? 'sign-in.title.again' : `sign-in.title.${state.page}`);
}

function whyAsked({ proves }: SignInScreenState, size: Size, { t }: ViewContext): readonly Line[] {
  return proves === undefined ? [] : [...wrap(t(`sign-in.why.${proves}`), size.columns - 4), ''];
}

/** Where it is too much for the room, the empty rows go first: what can be chosen stays in sight. */
function fitted(lines: readonly Line[], rows: number): readonly Line[] {
  let spare = Math.max(0, lines.length - rows);
  const kept = lines.toReversed().filter((line) => line !== '' || spare-- <= 0);
  return kept.toReversed().slice(0, rows);
}

type Page = (state: SignInScreenState, size: Size, context: ViewContext) => readonly Line[];

const PAGES: Readonly<Record<SignInScreenState['page'], Page>> = {
  landing: (state, size, context) => {
    const { t } = context;
    const hints = demoHints(state, size, context);
    return [
      heading(t('sign-in.portal')),
      // 24 rows hold a demonstration's accounts and how to approve, and no more.
      ...(hints.length === 0 ? [t('sign-in.welcome')] : []),
      '',
      ...(['appointee', 'auditor', 'administrator'] as const).map((item) => button(state, item, context)),
      ...(['all-services', 'invited'] as const).map((item) => link(state, item, context)),
      button(state, 'language', context),
      '',
      ...(state.stillOpen.length > 0 ? leftOpen(state, size, context) : serverLine(state, context)),
      ...credentials(state, size, context, hints),
    ];
  },
  username: (state, size, context) => {
    const { t } = context;
    return [
      ...(state.isAgain ? [...wrap(t('sign-in.again'), size.columns - 4), ''] : []),
      heading(t('sign-in.heading')),
      '',
      label(t('sign-in.username'), state.focus === 'username'),
      fieldLine(state.username, { columns: fieldColumns(size), isFocused: state.focus === 'username' }),
      '',
      link(state, 'cannot-access', context),
      '',
      button(state, 'next', context),
      '',
      link(state, 'options', context),
      ...(state.isAgain ? [] : credentials(state, size, context)),
    ];
  },
  password: (state, size, context) => {
    const { t } = context;
    const username = cut(sanitise(state.username.text.trim()), size.columns - 8);
    return [
      mark(state, 'back', [{ text: t('sign-in.back-to', { username }), as: state.focus === 'back' ? 'selected' : 'link' }]),
      '',
      heading(t('sign-in.enter-password')),
      '',
      label(t('sign-in.password'), state.focus === 'password'),
      fieldLine(state.password, { columns: fieldColumns(size), isFocused: state.focus === 'password', mask: true }),
      '',
      ...(state.proves === undefined ? [link(state, 'forgotten', context), ''] : []),
      button(state, 'sign-in', context),
      ...(state.isAgain ? [] : credentials(state, size, context)),
    ];
  },
  options: (state, size, context) => viewOptions(state, size, context, parts),
  elsewhere: (state, size, context) => viewElsewhere(state, size, context, parts),
  help: (state, size, context) => viewHelp(state, size, context, parts),
  locked: (state, _, context) => [button(state, 'unlock', context)],
  invitation: (state, size, context) => viewInvitation(state, size, context, parts),
  forgotten: (state, size, context) => viewForgotten(state, size, context, parts),
  reset: (state, size, context) => viewReset(state, size, context, parts),
  code: (state, size, context) => viewCode(state, size, context, parts),
  approve: (state, size, context) => viewApprove(state, size, context, parts),
  factors: (state, _, context) => [
    heading(context.t('sign-in.factors-heading')),
    '',
    ...itemsOf(state).map((item) => link(state, item, context)),
  ],
  stay: (state, size, context) => [
    heading(context.t('sign-in.stay-heading')),
    ...wrap(context.t('sign-in.stay-why'), size.columns - 4),
    '',
    button(state, 'yes', context),
    button(state, 'no', context),
  ],
};

/** In 24 rows there is no room for this and the address. */
function leftOpen({ stillOpen }: SignInScreenState, size: Size, { t }: ViewContext): readonly Line[] {
  return stillOpen.flatMap(({ id, values }) => wrap(t(id, values), size.columns - 4)).map((text): Line => [{ text, as: 'warning' }]);
}

function serverLine({ server }: SignInScreenState, { t }: ViewContext): readonly Line[] {
  return server === '' ? [] : [[{ text: t('sign-in.server', { server: sanitise(server) }), as: 'muted' }]];
}

const parts = { heading, label, link, button, hint: demoHint };

function heading(text: string): Line {
  return [{ text, as: 'heading' }];
}

function label(text: string, isFocused: boolean): Line {
  return isFocused ? [{ text, as: 'heading' }] : text;
}

/** What is selected carries a sign besides its colour. */
function mark(state: SignInScreenState, item: Item, line: readonly Exclude<Line, string>[number][]): Line {
  return [state.focus === item ? '▸ ' : '  ', ...line];
}

function button(state: SignInScreenState, item: Item, { t }: ViewContext): Line {
  const text = t('choice.button', { label: t(`sign-in.${item}` as 'sign-in.next') });
  return mark(state, item, [{ text, as: state.focus === item ? 'selected' : 'button' }]);
}

function link(state: SignInScreenState, item: Item, { t }: ViewContext): Line {
  return mark(state, item, [{ text: t(`sign-in.${item}` as 'sign-in.options'), as: state.focus === item ? 'selected' : 'link' }]);
}

/** Name and password are never cut: where it is narrow, whose they are is said in fewer words. */
function credentials(
  state: SignInScreenState, size: Size, { t }: ViewContext, hints: readonly Line[] = [],
): readonly Line[] {
  if (state.credentials.length === 0) return [];
  const columns = size.columns - 3;
  const longest = Math.max(...state.credentials.map(({ username }) => width(sanitise(username))));
  const rowsAs = (id: 'sign-in.credentials-row' | 'sign-in.credentials-row.short') =>
    state.credentials.map(({ username, password, displayName, roles }) =>
      t(id, {
        username: fit(sanitise(username), longest),
        password: sanitise(password),
        name: sanitise(displayName),
        roles: sanitise(roles.join(', ')),
      }));
  const long = rowsAs('sign-in.credentials-row');
  const rows = long.every((row) => width(row) <= columns) ? long : rowsAs('sign-in.credentials-row.short');
  const heads = wrap(t('sign-in.credentials'), columns).map((text): Line => [{ text, as: 'muted' }]);
  return [...(hints.length === 0 ? [''] : []), ...heads, ...hints, ...rows.map((row) => cut(row, columns))];
}

function fieldColumns(size: Size): number {
  return Math.min(50, size.columns - 6);
}

function info(state: SignInScreenState, size: Size, { t }: ViewContext): Overlay {
  const id = state.info!;
  const title = t(id.replace('.info.', '.') as 'sign-in.forgotten');
  const columns = Math.min(size.columns - 6, 100);
  return { title, lines: ['', ...wrap(t(id), columns), ''], keys: [['escape', t('sign-in.close')]] };
}
