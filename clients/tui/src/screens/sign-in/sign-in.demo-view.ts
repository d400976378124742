import type { Line, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { wrap } from '../../platform/text/width.js';
import type { SignInScreenState } from './sign-in.state.js';

/** How the accounts of the demonstration get past the password; nothing where that is enough. */
export function demoHints({ credentials }: SignInScreenState, size: Size, context: ViewContext): readonly Line[] {
  const byApp = credentials.find(({ factor }) => factor === 'app');
  const bySms = credentials.find(({ factor }) => factor === 'sms');
  return [
    ...(byApp === undefined ? [] : hint('sign-in.demo-approve', byApp.username, size, context)),
    ...(bySms === undefined ? [] : hint('sign-in.demo-sms', bySms.username, size, context)),
  ];
}

/** The same where it is needed: for whoever signs in, by the way that is asked for. */
export function demoHint(state: SignInScreenState, size: Size, context: ViewContext): readonly Line[] {
  const username = state.username.text.trim();
  const factor = state.second?.factor;
  const isDemo = state.credentials.some((one) => one.username === username && one.factor !== undefined);
  if (!isDemo || (factor !== 'app' && factor !== 'sms')) return [];
  return ['', ...hint(factor === 'app' ? 'sign-in.demo-approve' : 'sign-in.demo-sms', username, size, context)];
}

function hint(
  id: 'sign-in.demo-approve' | 'sign-in.demo-sms', username: string, size: Size, { t }: ViewContext,
): readonly Line[] {
  const [name = ''] = sanitise(username).split('@', 1);
  return wrap(t(id, { name }), size.columns - 4).map((text): Line => [{ text, as: 'muted' }]);
}
