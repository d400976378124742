import { fieldLine } from '../../components/field.js';
import { largeNumber } from '../../components/large-number.js';
import type { Line, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { wrap } from '../../platform/text/width.js';
import type { Item, SignInScreenState } from './sign-in.state.js';

/** How the pages of the sign-in are made. */
export interface Parts {
  readonly heading: (text: string) => Line;
  readonly label: (text: string, isFocused: boolean) => Line;
  readonly link: (state: SignInScreenState, item: Item, context: ViewContext) => Line;
  /** Of a demonstration. */
  readonly hint: (state: SignInScreenState, size: Size, context: ViewContext) => readonly Line[];
  readonly button: (state: SignInScreenState, item: Item, context: ViewContext) => Line;
}

type Page = (state: SignInScreenState, size: Size, context: ViewContext, parts: Parts) => readonly Line[];

/** *Approve sign-in request*: the number large, to be typed on the other device. */
export const viewApprove: Page = (state, size, context, { heading, link, hint }) => {
  const { t } = context;
  const { number = '', secondsLeft = 0, hasEnded = false } = state.second ?? {};
  const isOver = hasEnded || secondsLeft === 0;
  return [
    heading(t('sign-in.approve-heading')),
    '',
    ...wrap(t('sign-in.approve-how'), size.columns - 4),
    '',
    ...(isOver ? [] : largeNumber(number).map((text): Line => [{ text: `    ${text}`, as: 'heading' }])),
    '',
    isOver ? t('sign-in.approve-over') : t('sign-in.seconds-left', { number, count: secondsLeft }),
    ...wrap(t('sign-in.no-numbers'), size.columns - 4),
    ...hint(state, size, context),
    '',
    link(state, 'cannot-use', context),
    link(state, 'once-more', context),
    link(state, 'more', context),
    link(state, 'back', context),
  ];
};

/** A code from an app, from a message, or from the list that was kept. */
export const viewCode: Page = (state, size, context, { heading, label, link, button, hint }) => {
  const { t } = context;
  const { factor = 'totp', sentTo = '', secondsLeft = 0, expiresAt } = state.second ?? {};
  const how = t(`sign-in.code-how.${factor === 'app' ? 'totp' : factor}`, { sentTo: sanitise(sentTo) });
  return [
    heading(t('sign-in.code-heading')),
    '',
    ...wrap(how, size.columns - 4),
    '',
    label(t('sign-in.code'), state.focus === 'code'),
    fieldLine(state.code, { columns: 20, isFocused: state.focus === 'code' }),
    ...(expiresAt === undefined ? [] : [t('sign-in.code-left', { count: Math.ceil(secondsLeft / 60) })]),
    '',
    button(state, 'verify', context),
    '',
    ...(factor === 'sms' ? [link(state, 'once-more', context)] : []),
    link(state, 'cannot-use', context),
    link(state, 'back', context),
    ...hint(state, size, context),
  ];
};
