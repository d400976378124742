import type { Screens } from './app.state.js';
import { emiScreen } from './screens/emi/emi.screen.js';
import { sheetsScreen } from './screens/emi/sheets.screen.js';
import { markEntryScreen } from './screens/mark-entry/mark-entry.screen.js';
import { servicesMenuScreen } from './screens/services-menu/services-menu.screen.js';
import { signInScreen } from './screens/sign-in/sign-in.screen.js';
import { submissionScreen } from './screens/submission/submission.screen.js';

/** Every screen of the client, by its name. */
export const SCREENS: Screens = Object.fromEntries(
  [signInScreen, servicesMenuScreen, emiScreen, sheetsScreen, markEntryScreen, submissionScreen].map((screen) => [screen.name, screen]),
);
