/** One or more of every event there is, typed: what the golden files hold, and what other rooms may test with. */
import type { PortalEvent } from '../streams.js';
import { account } from './account-examples.js';
import { document } from './document-examples.js';
import { moderation } from './moderation-examples.js';

export type DataOf<Type extends PortalEvent['type']> = Extract<PortalEvent, { type: Type }>['data'];
export type Examples = { readonly [Type in PortalEvent['type']]: readonly DataOf<Type>[] };

const HASH = 'ab'.repeat(32);
const LATIN = '9521/01@2017-01';
const USER7 = 'a7f0';
const EXAMINER2 = 'b2c4';
const first = { candidate: '0001', examiner: USER7 } as const;
const second = { candidate: '0002', examiner: USER7 } as const;
const settings = {
  kind: 'EMI',
  series: 'January 2017',
  qualification: 'GCSE',
  titles: { en: 'LATIN LANGUAGE CORE: LEVEL 2', cy: 'IAITH LADIN CRAIDD: LEFEL 2' },
  maximum: 80,
  halfMarks: false,
  deadline: '2017-02-12T23:59:00Z',
} as const;

const markSheet = {
  MarkSheetAllocated: [
    {
      component: LATIN,
      centre: '68101',
      examiner: USER7,
      maximum: 80,
      halfMarks: false,
      candidates: ['0001', '0002', '0003', '0004'],
    },
  ],
  MarkEntered: [
    { ...first, mark: 34 },
    { ...second, mark: 80, confirmed: false },
    { ...second, mark: 15, unit: 'half' },
  ],
  MarkCorrected: [
    { ...first, from: 34, mark: 43 },
    { ...first, from: 'ABS', mark: 0, confirmed: true },
  ],
  AbsenceRecorded: [
    { candidate: '0003', examiner: USER7 },
    { ...first, from: 43 },
  ],
  MarkCleared: [
    { ...first, from: 34 },
    { ...first, from: 'ABS' },
  ],
  MarkConfirmed: [{ ...second, mark: 80 }],
  MarksVerified: [
    { ...first, mark: 34, second: 34, kept: 'same' },
    { ...first, mark: 34, second: 43, kept: 'first' },
    { ...first, mark: 43, second: 43, kept: 'second' },
  ],
  SampleFlagged: [first],
  SampleUnflagged: [first],
  ScriptNotReceived: [{ candidate: '0004', examiner: USER7, reason: { text: '4a9f', sha256: HASH } }],
  ScriptReceived: [{ candidate: '0004', examiner: USER7 }],
  UnlistedScriptReported: [{ number: '0099' }],
  ConcernRaised: [{ ...first, kind: 'illegible' }],
  CandidateWithdrawn: [{ candidate: '0004', examiner: USER7, state: 'blank' }],
  MarksSubmitted: [
    {
      submission: 'c0ffee00-0000-4000-8000-000000000001',
      examiner: USER7,
      candidates: [
        { candidate: '0001', mark: 34 },
        { candidate: '0003', mark: 'ABS' },
      ],
      deadline: '2017-02-12T23:59:00Z',
      late: false,
    },
  ],
  MarkSheetReallocated: [
    {
      from: USER7,
      to: EXAMINER2,
      candidates: [
        { candidate: '0002', state: 'blank' },
        { candidate: '0004', state: 'outstanding' },
      ],
      teamRevision: 3,
    },
  ],
} as const satisfies Partial<Examples>;

const team = {
  TeamMemberPlaced: [
    { component: LATIN, person: 'c9d1', role: 'principal' },
    { component: LATIN, person: USER7, role: 'examiner', senior: 'c9d1' },
  ],
  TeamMemberRemoved: [{ component: LATIN, person: USER7, role: 'examiner' }],
} as const satisfies Partial<Examples>;

const component = {
  ComponentDefined: [
    { component: LATIN, ...settings },
    {
      component: '3000N1@2017-06',
      ...settings,
      kind: 'IAMIS',
      series: 'June 2017',
      tolerance: 4,
      sampleRule: 'jcq-classic',
      method: 'ols',
      policies: ['use-moderator-marks'],
    },
  ],
  ComponentSettingChanged: [
    { component: LATIN, to: { maximum: 90 }, from: { maximum: 80 } },
    { component: LATIN, to: { method: 'deming', lambda: '1.5', anchors: [{ at: 40, difference: -2 }] }, from: {} },
  ],
  DeadlineExtended: [
    {
      component: LATIN,
      until: '2017-02-14T12:00:00Z',
      from: '2017-02-12T23:59:00Z',
      reason: { text: '51c0', sha256: HASH },
    },
    {
      component: LATIN,
      who: USER7,
      until: '2017-02-20T12:00:00Z',
      from: '2017-02-14T12:00:00Z',
      reason: { text: '77de', sha256: HASH },
    },
  ],
} as const satisfies Partial<Examples>;

const candidate = {
  CandidateRegistered: [
    {
      id: 'n-17',
      series: 'January 2017',
      centre: '68101',
      candidate: '0001',
      name: 'Carys Llwyd',
      uci: '6810101700001',
    },
    { id: 'n-18', series: 'January 2017', centre: '68101', candidate: '0002', name: 'Siân Tŷ' },
  ],
  CandidateErased: [{ id: 'n-17', series: 'January 2017', centre: '68101' }],
} as const satisfies Partial<Examples>;

const freeText = {
  TextWritten: [{ text: '4a9f', words: 'not in the packet' }],
} as const satisfies Partial<Examples>;

const centre = {
  CentreNamed: [
    { centre: '68101', name: 'Ysgol Uwchradd Dôl Derwen' },
    { centre: '68102', name: 'Ysgol Glan', consortium: 'Arfon' },
  ],
} as const satisfies Partial<Examples>;

const centreMarksImport = {
  CentreMarksImportStarted: [
    {
      import: 'c0ffee00-0000-4000-8000-000000000002',
      component: '3000N1@2017-06',
      rows: [
        ['68301', '0001', '34', 'A'],
        ['68301', '0002', 'ABS'],
      ],
      submit: true,
      seed: 's-1',
      accepted: 2,
      unchanged: 0,
    },
  ],
  CentreMarksImportCompleted: [
    { import: 'c0ffee00-0000-4000-8000-000000000002', component: '3000N1@2017-06', submitted: ['68301'] },
  ],
} as const satisfies Partial<Examples>;

const submission = {
  SubmissionStarted: [
    {
      submission: 'c0ffee00-0000-4000-8000-000000000001',
      component: LATIN,
      examiner: USER7,
      sheets: [{ centre: '68101', candidates: [{ candidate: '0001', revision: 1 }] }],
      deadline: '2017-02-12T23:59:00Z',
    },
  ],
  SubmissionCompleted: [
    {
      submission: 'c0ffee00-0000-4000-8000-000000000001',
      component: LATIN,
      examiner: USER7,
      receipt: '7K4M-2Q9D',
      marks: 1,
      absent: 0,
      sheets: 1,
      late: false,
      leftOut: [{ centre: '68101', candidate: '0002', why: 'ChangedElsewhere' }],
      logHead: { position: '00000000000000000042', hash: 'ab12' },
    },
  ],
} as const satisfies Partial<Examples>;

/** By noun: each has a golden file of this content. */
export const examplesByNoun = {
  account,
  candidate,
  centre,
  'centre-marks-import': centreMarksImport,
  component,
  document,
  'free-text': freeText,
  'mark-sheet': markSheet,
  moderation,
  submission,
  team,
};

export const examples: Examples = {
  ...account,
  ...candidate,
  ...centre,
  ...centreMarksImport,
  ...component,
  ...document,
  ...freeText,
  ...markSheet,
  ...moderation,
  ...submission,
  ...team,
};
