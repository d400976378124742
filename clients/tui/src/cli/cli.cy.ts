import type { cliEn } from './cli.en.js';
import { documentsCliCy } from './documents.cy.js';
import { moderatingCy } from './moderating.cy.js';

/** The same keys in Welsh; what is missing is shown in English. */
export const cliCy: { readonly [Id in keyof typeof cliEn]?: string | undefined } = {
  ...moderatingCy,
  ...documentsCliCy,
};
