import type { Screen } from '../../platform/screen.js';
import { ACCOUNT_KEYS } from './account.keys.js';
import { accountStart, type AccountEffect, type AccountMessage, type AccountParams, type AccountState } from './account.state.js';
import { isTyping, load, updateAccount } from './account.update.js';
import { viewAccount } from './account.view.js';

/** My sign-ins, here and elsewhere, and what is asked for besides my password. */
export const accountScreen: Screen<AccountState, AccountMessage, AccountEffect, AccountParams> = {
  name: 'account',
  init: (params) => load(accountStart(params)),
  update: updateAccount,
  view: viewAccount,
  keys: ACCOUNT_KEYS,
  title: (state, { t }) => t(state.isSetUp ? 'account.title.set-up' : 'account.title'),
  takesText: isTyping,
};
