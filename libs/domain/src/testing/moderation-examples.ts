/** One or more of every event of a moderation, typed: its golden file, in an order in which they might have happened. */
import type { ModerationEvent } from '../moderation/events.js';
import type { TextReference } from '../text.js';

type Examples = {
  readonly [Type in ModerationEvent['type']]: readonly Extract<ModerationEvent, { readonly type: Type }>['data'][];
};

const component = '3000N1@2017-06';
const centres = ['68101', '68102'];
const moderator = 'a7f0';
const principal = 'c9d1';
const first = { centre: '68101', candidate: '0001' } as const;
const second = { centre: '68101', candidate: '0002' } as const;
const third = { centre: '68102', candidate: '0001' } as const;
const text = (id: string): TextReference => ({ text: id, sha256: 'ab'.repeat(32) });
const report = { language: 'cy', accuracy: text('t-1'), administration: text('t-2'), tasks: text('t-3') } as const;
const settings = { maximum: 50, halfMarks: false, tolerance: 3, method: 'ols' } as const;
const drawn = { rule: 'jcq-classic', seed: '5f2a' } as const;

export const moderation = {
  ModeratorAllocated: [
    { component, centres, moderator, standing: { centres: 2, sample: 0, reports: 0, remaining: 0, entered: 0, cfAbs: 0 } },
  ],
  CentreMarksReceived: [
    {
      component,
      centres,
      centre: '68101',
      maximum: 50,
      halfMarks: false,
      moderator,
      candidates: [
        { candidate: '0001', mark: 34, teachingGroup: '11B' },
        { candidate: '0002', mark: 21 },
        { candidate: '0003', mark: 'ABS' },
      ],
    },
    {
      component,
      centres,
      centre: '68102',
      maximum: 50,
      halfMarks: false,
      moderator,
      candidates: [{ candidate: '0001', mark: 40 }],
    },
    {
      component,
      centres,
      centre: '68101',
      maximum: 50,
      halfMarks: false,
      moderator,
      candidates: [{ candidate: '0003', mark: 'CF', from: 'ABS' }],
    },
  ],
  CentreMarksSubmitted: [{ moderator, entered: 4, cfAbs: 1 }],
  SampleDrawn: [
    { ...drawn, moderator, candidates: [first, third] },
    { ...drawn, moderator, candidates: [first], withZeros: true },
  ],
  ModeratorMarkEntered: [
    { ...first, moderator, mark: 30 },
    { ...third, moderator, mark: 77, unit: 'half' },
  ],
  ModeratorMarkCorrected: [{ ...first, moderator, from: 30, mark: 31 }],
  ModeratorMarkCleared: [{ ...third, moderator, from: 77, unit: 'half' }],
  WorkNotReceived: [{ ...third, moderator, reason: text('t-4') }],
  WorkReceived: [{ ...third, moderator }],
  SampleCandidateReplaced: [
    { moderator, out: third, in: second, was: 'blank', reason: text('t-5') },
    { moderator, out: second, in: third, was: 'not-received', reason: text('t-6') },
  ],
  FurtherSampleRequested: [{ moderator, size: 1, reason: text('t-7') }],
  FurtherSampleDrawn: [
    { ...drawn, moderator, candidates: [second], cause: 'requested' },
    { ...drawn, moderator, candidates: [second], cause: 'new-extreme' },
  ],
  CentreMarkChangeRequested: [
    { ...second, kind: 'amendment', mark: 'ABS', reason: text('t-8'), by: moderator },
    { centre: '68102', candidate: '0007', kind: 'late', mark: 12, teachingGroup: '11B', reason: text('t-9'), by: 'd0e1' },
  ],
  CentreMarkChangeRefused: [{ change: 20, reason: text('t-10') }],
  CentreMarkAmended: [{ ...second, moderator, change: 18, from: 21, to: 'ABS', reason: text('t-8') }],
  LateCentreMarkReceived: [
    { centre: '68102', candidate: '0007', moderator, change: 19, mark: 12, teachingGroup: '11B', reason: text('t-9') },
  ],
  CentreReportSaved: [{ moderator, report: { language: 'cy', accuracy: text('t-1') } }],
  CentreReportCompleted: [
    { moderator, report, centres: 2 },
    { moderator, report: { ...report, language: 'en', comments: text('t-11') }, centres: 2 },
  ],
  CentreReportReopened: [{ moderator, centres: 2 }],
  OutcomeComputed: [
    { moderator, stage: 'accepted', method: 'ols', settings, rho: '0.981981', flags: [], adjusted: [] },
    {
      moderator,
      stage: 'adjusted',
      method: 'ols',
      settings,
      rho: '0.9',
      a: '-1122/2425',
      b: '93/97',
      flags: ['weak-evidence'],
      adjusted: [{ ...first, mark: 32 }],
    },
    {
      stage: 'adjusted',
      method: 'piecewise',
      settings: { ...settings, halfMarks: true, method: 'piecewise', anchors: [{ at: 30, difference: -2 }] },
      flags: ['large-adjustment', 'poor-fit'],
      adjusted: [{ ...first, mark: 64 }],
      unit: 'half',
    },
    {
      moderator,
      stage: 'order-doubtful',
      method: 'deming',
      settings: { ...settings, method: 'deming', lambda: '1.5', useModeratorMarks: true },
      rho: '-0.3',
      flags: ['low-rho', 'slope-not-positive'],
      adjusted: [],
    },
  ],
  OutcomeChosen: [
    { outcome: 27, choice: 'use-moderator-marks', settings, reason: text('t-12'), by: principal },
    { outcome: 27, choice: 'accept', settings, reason: text('t-13'), by: principal },
  ],
  ModerationSubmitted: [{ moderator, outcome: 28, deadline: '2017-05-15T22:59:00Z', late: false }],
  OutcomeApproved: [{ moderator, outcome: 28, by: principal }],
  OutcomeReturned: [{ moderator, outcome: 28, reason: text('t-14') }],
  CentreMarksReturned: [{ moderator, reason: text('t-15'), voided: { sample: 3, reports: 2, remaining: 1 } }],
  ModerationClosed: [{ ...drawn, moderator, why: 'nothing-to-moderate' }],
  ModeratorReallocated: [
    {
      from: moderator,
      to: 'b2c4',
      standing: { centres: 2, sample: 0, reports: 0, remaining: 0, entered: 5, cfAbs: 2 },
      teamRevision: 3,
    },
  ],
} as const satisfies Examples;
