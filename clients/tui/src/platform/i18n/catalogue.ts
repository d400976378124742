import { cliCy } from '../../cli/cli.cy.js';
import { cliEn } from '../../cli/cli.en.js';
import { componentsCy } from '../../components/components.cy.js';
import { componentsEn } from '../../components/components.en.js';
import { plainCy } from '../../components/plain.cy.js';
import { plainEn } from '../../components/plain.en.js';
import { accountCy } from '../../screens/account/account.cy.js';
import { accountEn } from '../../screens/account/account.en.js';
import { documentsCy } from '../../screens/documents/documents.cy.js';
import { documentsEn } from '../../screens/documents/documents.en.js';
import { emiCy } from '../../screens/emi/emi.cy.js';
import { emiEn } from '../../screens/emi/emi.en.js';
import { markEntryCy } from '../../screens/mark-entry/mark-entry.cy.js';
import { markEntryEn } from '../../screens/mark-entry/mark-entry.en.js';
import { moderationCy } from '../../screens/moderation/moderation.cy.js';
import { moderationEn } from '../../screens/moderation/moderation.en.js';
import { outcomeCy } from '../../screens/moderation/outcome.cy.js';
import { outcomeEn } from '../../screens/moderation/outcome.en.js';
import { reviewCy } from '../../screens/moderation/review.cy.js';
import { reviewEn } from '../../screens/moderation/review.en.js';
import { servicesMenuCy } from '../../screens/services-menu/services-menu.cy.js';
import { servicesMenuEn } from '../../screens/services-menu/services-menu.en.js';
import { signInCy } from '../../screens/sign-in/sign-in.cy.js';
import { signInEn } from '../../screens/sign-in/sign-in.en.js';
import { signInLogCy } from '../../screens/sign-in-log/sign-in-log.cy.js';
import { signInLogEn } from '../../screens/sign-in-log/sign-in-log.en.js';
import { submissionCy } from '../../screens/submission/submission.cy.js';
import { submissionEn } from '../../screens/submission/submission.en.js';
import { elsewhereCy } from './elsewhere.cy.js';
import { elsewhereEn } from './elsewhere.en.js';
import { problemsCy } from './problems.cy.js';
import { problemsEn } from './problems.en.js';

/** All sentences of the client: each screen brings its own file, ids begin with the screen's name. ICU MessageFormat. */
export const en = {
  ...cliEn,
  ...componentsEn,
  ...plainEn,
  ...problemsEn,
  ...elsewhereEn,
  ...signInEn,
  ...servicesMenuEn,
  ...accountEn,
  ...signInLogEn,
  ...documentsEn,
  ...emiEn,
  ...markEntryEn,
  ...moderationEn,
  ...outcomeEn,
  ...reviewEn,
  ...submissionEn,
};

export type MessageId = keyof typeof en;
export type Values = Readonly<Record<string, string | number>>;
export type Translate = (id: MessageId, values?: Values) => string;
export type Language = 'en' | 'cy';

type Welsh = Readonly<Record<MessageId, string | undefined>>;

/** Every text of the screens; what the command line has not is shown in English. Put together when first asked for: 8 ms of a start in English. */
export const welsh = (): Welsh => (cy ??= {
  ...(cliCy as Readonly<Record<keyof typeof cliEn, string | undefined>>),
  ...componentsCy,
  ...plainCy,
  ...problemsCy,
  ...elsewhereCy,
  ...signInCy,
  ...servicesMenuCy,
  ...accountCy,
  ...signInLogCy,
  ...documentsCy,
  ...emiCy,
  ...markEntryCy,
  ...moderationCy,
  ...outcomeCy,
  ...reviewCy,
  ...submissionCy,
});

let cy: Welsh | undefined;
