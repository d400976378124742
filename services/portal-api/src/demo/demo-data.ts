/**
 * The demo installation, the same on every machine: who works on what, and every candidate. All names are
 * made up from word lists; nothing here is a person or a school.
 */

import { words, type Words } from './words.js';

export interface DemoAccount {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly ('appointee' | 'auditor' | 'admin')[];
}

export interface DemoCandidate {
  readonly centre: string;
  readonly candidate: string;
  readonly uci: string;
  readonly name: string;
  readonly examiner: string;
}

export interface DemoComponent {
  readonly component: string;
  readonly qualification: string;
  readonly series: string;
  readonly titles: { readonly en: string; readonly cy: string };
  readonly maximum: number;
  /** ISO instant. */
  readonly deadline: string;
  readonly team: readonly { readonly person: string; readonly role: string; readonly senior?: string }[];
  readonly centres: readonly { readonly centre: string; readonly name: string }[];
  readonly candidates: readonly DemoCandidate[];
}

const at = (name: string): string => `${name}@wjec-appointees.co.uk`;
const USER7 = at('user7');
const EXAMINER2 = at('examiner2');
const LEADER = at('teamleader');
export const PRINCIPAL = at('principal');
export const MODERATOR1 = at('moderator1');
export const MODERATOR2 = at('moderator2');

/** Who chose a code by SMS, and the telephone: a number that is given to nobody. */
export const SMS_CHOSEN_BY: Readonly<Record<string, string>> = { [EXAMINER2]: '+447700900008' };

export const demoAccounts: readonly DemoAccount[] = [
  { username: USER7, displayName: 'PORTAL Test User 7', roles: ['appointee'] },
  { username: EXAMINER2, displayName: 'PORTAL Test User 8', roles: ['appointee'] },
  { username: LEADER, displayName: 'PORTAL Team Leader', roles: ['appointee'] },
  { username: PRINCIPAL, displayName: 'PORTAL Principal', roles: ['appointee'] },
  { username: MODERATOR1, displayName: 'PORTAL Moderator 1', roles: ['appointee'] },
  { username: MODERATOR2, displayName: 'PORTAL Moderator 2', roles: ['appointee'] },
  { username: at('auditor'), displayName: 'PORTAL Auditor', roles: ['auditor'] },
  { username: at('admin'), displayName: 'PORTAL Administrator', roles: ['admin'] },
];

const team: DemoComponent['team'] = [
  { person: PRINCIPAL, role: 'principal' },
  { person: LEADER, role: 'team-leader', senior: PRINCIPAL },
  { person: USER7, role: 'examiner', senior: LEADER },
  { person: EXAMINER2, role: 'examiner', senior: LEADER },
];

/** Sizes of the eleven centres of PORTAL Test User 7; together 290. */
const LATIN_CENTRES = [41, 38, 35, 31, 29, 27, 24, 22, 18, 14, 11];
/** The second examiner's part of the first of those centres. */
const SECOND_PART = 12;

export function demoComponents(): readonly DemoComponent[] {
  return [latin(), largeEntry()];
}

function latin(): DemoComponent {
  const word = words(9521);
  const centres = LATIN_CENTRES.map((_, index) => ({ centre: String(68101 + index), name: word.school() }));
  const candidates = centres.flatMap(({ centre }, index) =>
    cohort(centre, LATIN_CENTRES[index] as number, 1, USER7, word),
  );
  const first = centres[0] as { centre: string };
  const second = cohort(first.centre, SECOND_PART, (LATIN_CENTRES[0] as number) + 1, EXAMINER2, word);
  return {
    component: '9521/01@2017-01',
    qualification: 'GCSE',
    series: 'January 2017',
    titles: { en: 'LATIN LANGUAGE CORE: LEVEL 2', cy: 'IAITH LADIN CRAIDD: LEFEL 2' },
    maximum: 80,
    deadline: '2017-02-12T23:59:00Z',
    team,
    centres,
    candidates: [...candidates, ...second],
  };
}

/** 5,000 candidates in 40 centres of 86, 88 … 164. */
function largeEntry(): DemoComponent {
  const word = words(9999);
  const centres = Array.from({ length: 40 }, (_, index) => ({ centre: String(69001 + index), name: word.school() }));
  return {
    component: '9999/01@2017-01',
    qualification: 'GCSE',
    series: 'January 2017',
    titles: { en: 'LARGE ENTRY', cy: 'COFRESTRIAD MAWR' },
    maximum: 100,
    deadline: '2017-02-12T23:59:00Z',
    team,
    centres,
    candidates: centres.flatMap(({ centre }, index) => cohort(centre, 86 + 2 * index, 1, EXAMINER2, word)),
  };
}


function cohort(centre: string, size: number, from: number, examiner: string, word: Words): DemoCandidate[] {
  return Array.from({ length: size }, (_, index) => {
    const candidate = String(from + index).padStart(4, '0');
    return { centre, candidate, uci: `${centre}0170${candidate}`.slice(0, 13), name: word.person(), examiner };
  });
}
