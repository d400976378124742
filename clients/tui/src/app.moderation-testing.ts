import type { Comparison, IamisCentre, IamisOutcome, IamisSample, IamisSummary, SampleCandidate, TeamNode, Verdict } from '@portal/contract';

/** For tests: the unit of the brief, and what the service would say about it. */

export const llafar: IamisSummary = {
  component: '3000N1@2017-06',
  code: '3000N1',
  qualification: 'GCSE',
  series: 'June 2017',
  title: 'Welsh Language Uned 1 - Llafar',
  titles: { en: 'Welsh Language Uned 1 - Llafar', cy: 'Cymraeg Iaith Uned 1 - Llafar' },
  deadline: '2017-07-12T22:59:00.000Z',
  maximum: 50,
  halfMarks: false,
  capacity: { role: 'principal' },
  totalCentres: 6,
  totalSampleCandidates: 74,
  totalReportsCompleted: 0,
  reviewRemaining: 74,
  totalEntered: 506,
  totalCfAbs: 0,
  totalNewMarks: 506,
};

export const moderator1 = 'moderator1@wjec-appointees.co.uk';
export const moderator2 = 'moderator2@wjec-appointees.co.uk';

const centre = (number: string, name: string, change: Partial<IamisCentre> = {}): IamisCentre => ({
  centre: number,
  name,
  moderator: moderator1,
  moderatorName: 'Moderator One',
  entered: 38,
  cfAbs: 0,
  sample: 10,
  remaining: 10,
  reportCompleted: false,
  state: 'reviewing',
  outcome: 'pending',
  flags: [],
  late: false,
  consortium: [number],
  ...change,
});

export const centres: readonly IamisCentre[] = [
  centre('68201', 'Ysgol Cwm Derwen', { entered: 4, sample: 4, remaining: 4 }),
  centre('68202', 'Ysgol Uwchradd Llanfair Pwllgwyngyll', { remaining: 3 }),
  centre('68203', 'Castle Hill School', { moderator: moderator2, moderatorName: 'Moderator Two', remaining: 0, reportCompleted: true, state: 'submitted', outcome: 'order-doubtful', flags: ['low-rho', 'weak-evidence'], late: true }),
  centre('68204', 'Ysgol y Bryn', { entered: 101, sample: 15, remaining: 0, reportCompleted: true, state: 'submitted', outcome: 'adjusted', flags: ['large-adjustment'] }),
  centre('68205', 'Harbour School', { moderator: '', moderatorName: '', entered: 105, sample: 15, remaining: 15 }),
  centre('68206', 'Ysgol Glan Afon', { entered: 206, sample: 20, remaining: 0, reportCompleted: true, state: 'approved', outcome: 'accepted' }),
];

export const sampled = (index: number, centreMark: number, moderatorMark: number | null, change: Partial<SampleCandidate> = {}): SampleCandidate => ({
  centre: '68202',
  candidate: String(index).padStart(4, '0'),
  name: `Candidate ${index}`,
  centreMark,
  moderatorMark,
  teachingGroup: '',
  isReceived: true,
  savedAt: moderatorMark === null ? null : '2017-06-20T11:59:00.000Z',
  revision: index,
  ...change,
});

export const verdict: Verdict = { stage: 'pending', method: 'ols', a: null, b: null, rho: null, flags: [] };

export const sample: IamisSample = {
  component: llafar.component,
  centre: '68202',
  name: 'Ysgol Uwchradd Llanfair Pwllgwyngyll',
  consortium: ['68202'],
  moderator: moderator1,
  state: 'reviewing',
  maximum: 50,
  halfMarks: false,
  tolerance: 3,
  rule: 'jcq-classic',
  seed: 'seed',
  revision: 40,
  verdict: { ...verdict, stage: 'adjusted', a: '-1122/2425', b: '2310/2425', rho: '0.952381', flags: ['poor-fit'] },
  candidates: [
    sampled(3, 48, 48), sampled(7, 44, 41), sampled(11, 39, 35), sampled(12, 35, 36), sampled(18, 30, null, { isReceived: false, reason: 'Lost in the post' }),
    sampled(21, 26, 25), sampled(25, 22, null), sampled(29, 17, null), sampled(33, 11, 11), sampled(38, 4, null),
  ],
};

export const returned = { reason: 'The marks at the top of the range were not looked at.', by: 'Principal Moderator', at: '2017-06-20T09:30:00.000Z' };

export const report = {
  language: 'en' as const,
  accuracy: 'The marking was accurate for the most part. Candidates at the top of the range were given a little more than the scheme allows.',
  administration: 'All documents arrived in time.',
  tasks: '',
  comments: '',
  isCompleted: false,
};

export const outcome: IamisOutcome = {
  ...verdict,
  stage: 'adjusted',
  a: '-1122/2425',
  b: '2310/2425',
  rho: '0.952381',
  flags: ['large-adjustment', 'poor-fit', 'weak-evidence'],
  component: llafar.component,
  centre: '68202',
  state: 'submitted',
  outcome: 57,
  maximum: 50,
  halfMarks: false,
  tolerance: 3,
  candidates: Array.from({ length: 38 }, (_, index) => ({
    centre: '68202',
    candidate: String(index + 1).padStart(4, '0'),
    centreMark: index === 5 ? ('ABS' as const) : 50 - index,
    moderatorMark: index % 4 === 0 ? 48 - index : null,
    adjusted: index === 5 ? ('ABS' as const) : 48 - index + (index % 3),
  })),
};

const compared = (change: Partial<Comparison>): Comparison => ({
  ...verdict,
  stage: 'adjusted',
  a: '-1122/2425',
  b: '2310/2425',
  rho: '0.952381',
  tolerance: 3,
  unsuitable: null,
  moved: 31,
  of: 37,
  smallest: -2,
  largest: -1,
  mean: -1.4193,
  residual: 1.8,
  largestResidual: 4,
  orderKept: true,
  ...change,
});

export const comparisons: readonly Comparison[] = [
  compared({ flags: ['poor-fit'] }),
  compared({ method: 'structural', a: '-0.5', b: '0.97' }),
  compared({ method: 'deming' }),
  compared({ method: 'constant', smallest: -12, largest: 12, mean: -0.04, orderKept: false }),
  compared({ method: 'use-moderator-marks', unsuitable: 'cohort-not-sampled', moved: 0, of: 0, smallest: 0, largest: 0, mean: 0 }),
  compared({ method: 'accept', stage: 'accepted', a: null, b: null, moved: 0, smallest: 0, largest: 0, mean: 0, residual: 2.1, largestResidual: 4 }),
];

const node = (person: string, displayName: string, role: string, members: TeamNode[] = []): TeamNode => ({
  person, displayName, role, left: 0, entered: 0, submitted: 0, members,
});

export const roots: readonly TeamNode[] = [
  node('principal@wjec-appointees.co.uk', 'Principal Moderator', 'principal', [
    node(moderator1, 'Moderator One', 'moderator'),
    node(moderator2, 'Moderator Two', 'moderator'),
  ]),
];

export const team = {
  roots,
  centres,
  person: 'principal@wjec-appointees.co.uk',
  held: [{ component: llafar.component, role: 'principal' }, { component: llafar.component, role: 'moderator' }],
};
