import type { moderatingEn } from './moderating.en.js';

/** The words that are given; what is missing is shown in English. */
export const moderatingCy: { readonly [Id in keyof typeof moderatingEn]?: string | undefined } = {
  'cli.head.totalCentres': 'Canolfannau',
  'cli.head.totalSampleCandidates': 'Sampl',
  'cli.head.totalReportsCompleted': 'Adroddiadau',
  'cli.head.reviewRemaining': 'Yn weddill',
  'cli.head.moderator': 'Cymedrolwr',
  'cli.head.sample': 'Sampl',
  'cli.head.remaining': 'Yn weddill',
  'cli.head.report': 'Adroddiad',
  'cli.head.centreMark': 'Marc canolfan',
  'cli.head.moderatorMark': 'Marc cymedrolwr',
  'cli.head.tolerance': 'Goddefiant',
};
