import type { cliEn } from './cli.en.js';
import { documentsCliCy } from './documents.cy.js';
import { moderatingCy } from './moderating.cy.js';

/** The same keys in Welsh; what is missing is shown in English. */
export const cliCy: { readonly [Id in keyof typeof cliEn]?: string | undefined } = {
  ...moderatingCy,
  ...documentsCliCy,
  'cli.none': 'Nid oes dim yma.',
  'cli.sheet.entered': 'mewnbynnwyd',
  'cli.head.component': 'Cydran',
  'cli.head.series': 'Cyfres',
  'cli.head.title': 'Teitl',
  'cli.head.deadline': 'Terfyn amser',
  'cli.head.allocated': 'Dyrannwyd',
  'cli.head.left': 'Yn weddill',
  'cli.head.outstanding': 'Heb ddod i law',
  'cli.head.entered': 'Mewnbynnwyd',
  'cli.head.submitted': 'Cyflwynwyd',
  'cli.head.centre': 'Canolfan',
  'cli.head.name': 'Enw',
  'cli.head.candidate': 'Ymgeisydd',
  'cli.head.state': 'Statws',
  'cli.head.mark': 'Marc',
  'cli.head.savedAt': 'Cadwyd',
  'cli.head.revision': 'Fersiwn',
  'cli.head.capacity': 'Fel',
  'cli.head.reason': 'Rheswm',
};
