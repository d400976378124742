import type { KeyBinding } from '../../platform/screen.js';
import type { SignInScreenState } from './sign-in.state.js';

export type SignInAction = 'next' | 'previous' | 'choose' | 'back';

export const SIGN_IN_KEYS: readonly KeyBinding<SignInScreenState, SignInAction>[] = [
  { action: 'choose', keys: ['enter'], description: 'sign-in.key.choose', footer: 1 },
  { action: 'next', keys: ['tab', 'down'], description: 'sign-in.key.next', footer: 2 },
  { action: 'previous', keys: ['shift-tab', 'up'], description: 'sign-in.key.previous' },
  {
    action: 'back',
    keys: ['escape'],
    description: 'sign-in.key.back',
    footer: 3,
    whyNot: (state) => (state.page === 'landing' ? 'why.first-page' : undefined),
  },
];
