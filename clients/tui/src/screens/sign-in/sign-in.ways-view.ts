import { fieldLine } from '../../components/field.js';
import { besideQr, qrColumns, qrLines } from '../../components/qr.js';
import type { MessageId } from '../../platform/i18n/catalogue.js';
import type { Line, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { inPieces, wrap } from '../../platform/text/width.js';
import type { Parts } from './sign-in.second-view.js';
import type { FieldItem, Item, SignInScreenState } from './sign-in.state.js';

/** Other ways in: in a browser, with an invitation, with a code where the password is forgotten. */
type Page = (state: SignInScreenState, size: Size, context: ViewContext, parts: Parts) => readonly Line[];

export const viewOptions: Page = (state, size, context, { heading, button, link }) => {
  const { t } = context;
  const option = (item: Item): readonly Line[] => [
    button(state, item, context),
    ...wrap(t(`sign-in.about.${item}` as MessageId), size.columns - 8).map((text): Line => `    ${text}`),
    '',
  ];
  return [
    heading(t('sign-in.options')),
    '',
    ...option('in-terminal'),
    ...option('in-browser'),
    ...option('on-device'),
    link(state, 'back', context),
  ];
};

/** The code to the right of which everything stands that it says: a telephone is not always at hand. */
export const viewElsewhere: Page = (state, size, context, { heading, link }) => {
  const { t } = context;
  const { way = 'browser', address = '', userCode, secondsLeft } = state.elsewhere ?? {};
  const isOver = secondsLeft === 0;
  const drawn = way === 'device' && !isOver ? qrLines(address, { columns: size.columns - 34, rows: size.rows - 1 }) : undefined;
  const columns = drawn === undefined ? size.columns - 4 : size.columns - 6 - qrColumns(drawn);
  const text: readonly Line[] = [
    heading(t(`sign-in.elsewhere-heading.${way}`)),
    '',
    ...wrap(t(`sign-in.elsewhere-how.${way}`), columns),
    '',
    ...inPieces(sanitise(userCode === undefined ? address : withoutCode(address)), columns).map((piece): Line => [{ text: piece, as: 'link' }]),
    ...(userCode === undefined ? [] : ['', t('sign-in.user-code'), [{ text: `  ${sanitise(userCode)}`, as: 'heading' } as const]]),
    '',
    ...wrap(isOver ? t('sign-in.elsewhere-over') : waiting(secondsLeft, context), columns),
    '',
    link(state, 'begin-again', context),
    link(state, 'back', context),
  ];
  return drawn === undefined ? text : besideQr(drawn, text);
};

/** Typed by hand it is the short one; the code stands below it. */
const withoutCode = (address: string): string => address.split('?', 1)[0]!;

function waiting(secondsLeft: number | undefined, { t }: ViewContext): string {
  return secondsLeft === undefined ? t('sign-in.elsewhere-waiting') : t('sign-in.code-left', { count: Math.ceil(secondsLeft / 60) });
}

export const viewHelp: Page = (state, size, context, { heading, link }) => [
  heading(context.t('sign-in.cannot-access')),
  '',
  ...wrap(context.t('sign-in.help'), size.columns - 4),
  '',
  link(state, 'forgotten', context),
  link(state, 'invited', context),
  link(state, 'back', context),
];

export const viewForgotten: Page = (state, size, context, parts) => [
  parts.heading(context.t('sign-in.forgotten')),
  '',
  ...wrap(context.t('sign-in.forgotten-how'), size.columns - 4),
  '',
  ...field(state, 'username', size, context, parts),
  '',
  parts.button(state, 'send-code', context),
  '',
  parts.link(state, 'back', context),
];

export const viewReset: Page = (state, size, context, parts) => [
  parts.heading(context.t('sign-in.forgotten')),
  '',
  ...wrap(context.t('sign-in.reset-how'), size.columns - 4),
  '',
  ...field(state, 'code', size, context, parts),
  ...choice(state, size, context, parts),
  '',
  parts.button(state, 'reset', context),
  parts.link(state, 'back', context),
];

export const viewInvitation: Page = (state, size, context, parts) => [
  parts.heading(context.t('sign-in.invited')),
  '',
  ...wrap(context.t('sign-in.invitation-how'), size.columns - 4),
  '',
  ...field(state, 'invitation', size, context, parts),
  ...choice(state, size, context, parts),
  '',
  parts.button(state, 'redeem', context),
  parts.link(state, 'back', context),
];

const choice: Page = (state, size, context, parts) => [
  '',
  ...field(state, 'chosen', size, context, parts),
  ...field(state, 'chosen-again', size, context, parts),
];

function field(
  state: SignInScreenState, item: FieldItem, size: Size, { t }: ViewContext, { label }: Parts,
): readonly Line[] {
  const isFocused = state.focus === item;
  const mask = item !== 'username' && item !== 'code' && item !== 'invitation';
  return [
    label(t(`sign-in.${item}`), isFocused),
    fieldLine(state[item], { columns: Math.min(50, size.columns - 6), isFocused, mask }),
  ];
}
