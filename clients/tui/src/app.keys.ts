import type { AppState } from './app.state.js';
import type { KeyBinding } from './platform/screen.js';

/** Keys that mean the same on every screen. */
export type AppAction = 'help' | 'palette' | 'language' | 'theme' | 'repaint' | 'sign-in-again' | 'quit';

export const APP_KEYS: readonly KeyBinding<AppState, AppAction>[] = [
  { action: 'help', keys: ['?', 'f1'], description: 'key.help', footer: 98 },
  { action: 'palette', keys: [':', 'ctrl-p'], description: 'key.palette', footer: 99 },
  { action: 'language', keys: ['f9'], description: 'key.language' },
  { action: 'theme', keys: ['f8'], description: 'key.theme' },
  { action: 'repaint', keys: ['ctrl-l'], description: 'key.repaint' },
  {
    action: 'sign-in-again',
    keys: ['f7'],
    description: 'key.sign-in-again',
    whyNot: (state) => {
      if (state.connection.kind === 'signed-out') return undefined;
      return state.person === undefined ? 'why.not-signed-in' : 'why.signed-in';
    },
  },
  { action: 'quit', keys: ['ctrl-c'], description: 'key.quit' },
];
