import type { KeyBinding } from '../../platform/screen.js';
import { rowsOf, type AccountState } from './account.state.js';
import { clamp } from '../../components/list.js';

export type AccountAction = 'choose' | 'end' | 'up' | 'down' | 'first' | 'last' | 'reload' | 'back';

/** While a code is typed or a factor is set up, the list has no keys. */
const onList = (state: AccountState) => (state.setUp === undefined ? undefined : 'account.why.setting-up');

export const ACCOUNT_KEYS: readonly KeyBinding<AccountState, AccountAction>[] = [
  { action: 'choose', keys: ['enter'], description: 'account.key.choose', footer: 1 },
  {
    action: 'end',
    keys: ['x', 'delete'],
    description: 'account.key.end',
    footer: 2,
    whyNot: (state) => onList(state) ?? (selectedRow(state)?.kind === 'session' ? undefined : 'account.why.no-session'),
  },
  { action: 'up', keys: ['up', 'k', 'shift-tab'], description: 'key.up', whyNot: onList },
  { action: 'down', keys: ['down', 'j', 'tab'], description: 'key.down', whyNot: onList },
  { action: 'first', keys: ['home', 'g'], description: 'key.first', whyNot: onList },
  { action: 'last', keys: ['end', 'G'], description: 'key.last', whyNot: onList },
  { action: 'reload', keys: ['f5'], description: 'key.reload', whyNot: onList },
  { action: 'back', keys: ['escape'], description: 'key.back', footer: 9 },
];

export const selectedRow = (state: AccountState) => rowsOf(state)[clamp(state.selected, rowsOf(state).length)];
