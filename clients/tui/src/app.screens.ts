import type { Screens } from './app.state.js';
import { accountScreen } from './screens/account/account.screen.js';
import { documentsScreen } from './screens/documents/documents.screen.js';
import { emiScreen } from './screens/emi/emi.screen.js';
import { sheetsScreen } from './screens/emi/sheets.screen.js';
import { markEntryScreen } from './screens/mark-entry/mark-entry.screen.js';
import { approvalsScreen, centresScreen } from './screens/moderation/centres.screen.js';
import { outcomeScreen } from './screens/moderation/outcome.screen.js';
import { reportScreen } from './screens/moderation/report.screen.js';
import { reviewScreen } from './screens/moderation/review.screen.js';
import { iamisScreen } from './screens/moderation/summary.screen.js';
import { teamScreen } from './screens/moderation/team.screen.js';
import { whatIfScreen } from './screens/moderation/what-if.screen.js';
import { servicesMenuScreen } from './screens/services-menu/services-menu.screen.js';
import { signInScreen } from './screens/sign-in/sign-in.screen.js';
import { lockScreen, stepUpScreen } from './screens/sign-in/step-up.screen.js';
import { signInLogScreen } from './screens/sign-in-log/sign-in-log.screen.js';
import { submissionScreen } from './screens/submission/submission.screen.js';

/** Every screen of the client, by its name. */
export const SCREENS: Screens = Object.fromEntries(
  [
    signInScreen, stepUpScreen, lockScreen, servicesMenuScreen, accountScreen, signInLogScreen, emiScreen, sheetsScreen, markEntryScreen, submissionScreen,
    documentsScreen,
    iamisScreen, centresScreen, approvalsScreen, reviewScreen, reportScreen, outcomeScreen, whatIfScreen, teamScreen,
  ].map((screen) => [screen.name, screen]),
);
