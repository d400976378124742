import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import * as wire from './index.js';

const AT = '2017-05-01T10:00:00.000Z';
const counts = {
  totalCentres: 6,
  totalSampleCandidates: 74,
  totalReportsCompleted: 0,
  reviewRemaining: 74,
  totalEntered: 506,
  totalCfAbs: 0,
  totalNewMarks: 506,
};
const titles = { en: 'WELSH LANGUAGE UNED 1 - LLAFAR', cy: 'CYMRAEG IAITH UNED 1 - LLAFAR' };
const component = { component: '3000N1@2017-06', kind: 'IAMIS', series: 'June 2017', titles, maximum: 50, deadline: AT };
const unit = { component: '3000N1@2017-06', code: '3000N1', qualification: 'GCSE', series: 'June 2017', title: titles.en, titles, deadline: AT, maximum: 50, halfMarks: false };
const verdict = { stage: 'adjusted', method: 'ols', a: '-1122/2425', b: '1', rho: '0.98', flags: ['weak-evidence'] };
const sampled = { centre: '68201', candidate: '0001', name: '', centreMark: 40, moderatorMark: null, teachingGroup: '', isReceived: true, savedAt: null, revision: 3 };
const centre = { component: '3000N1@2017-06', centre: '68201', state: 'reviewing', maximum: 50, halfMarks: false, tolerance: 3 };
const entered = { candidate: '0001', mark: 40, event: 'e', position: '1', recordedAt: AT, revision: 4 };
const row = { CentreNo: '68201', CandidateNo: '0001', Mark: 'CF' };
const anchors = [{ at: 25, difference: -2 }];

/** The names that scripts rely on: every example comes back from its schema with all of its fields. */
const right: readonly [string, z.ZodType, readonly unknown[]][] = [
  ['IamisSummary', wire.IamisSummary, [{ ...unit, ...counts, capacity: { role: 'principal', member: 'u@x' } }]],
  ['IamisCentre', wire.IamisCentre, [{ centre: '68201', name: '', moderator: '', moderatorName: '', entered: 4, cfAbs: 0, sample: 4, remaining: 4, reportCompleted: false, state: 'reviewing', outcome: 'pending', flags: [], late: false, consortium: ['68201'] }]],
  ['IamisSample', wire.IamisSample, [{ ...centre, name: '', consortium: ['68201'], moderator: 'u@x', rule: null, seed: null, revision: 3, verdict, candidates: [sampled, { ...sampled, isReceived: false, reason: 'lost' }] }]],
  ['MarkReviewedAs', wire.MarkReviewedAs, [{ ...entered, remaining: 3, verdict: { ...verdict, stage: 'pending', method: null, a: null, b: null, rho: null } }]],
  ['IamisOutcome', wire.IamisOutcome, [{ ...verdict, ...centre, outcome: null, candidates: [{ centre: '68201', candidate: '0001', centreMark: 'ABS', moderatorMark: null, adjusted: null }] }]],
  ['CentreMarkChange', wire.CentreMarkChange, [{ change: 3, kind: 'late', centre: '68201', candidate: '0001', from: null, to: 7, state: 'requested', by: 'U', reason: '' }]],
  ['Comparison', wire.Comparison, [{ ...verdict, tolerance: 3, unsuitable: null, moved: 2, of: 4, smallest: -1, largest: 2.5, mean: 0.75, residual: 1.2, largestResidual: 3, orderKept: true }]],
  ['SaveReport', wire.SaveReport, [{ language: 'cy' }, { language: 'en', accuracy: 'a', administration: 'b', tasks: 'c', comments: 'd', complete: true }]],
  ['Work', wire.Work, [{ received: true }, { received: false, reason: 'lost' }]],
  ['ChangeDecision', wire.ChangeDecision, [{ approve: true }, { approve: false, reason: 'no' }]],
  ['Choose', wire.Choose, [{ method: 'piecewise', anchors, tolerance: 4, lambda: '1', reason: 'r' }]],
  ['Return', wire.Return, [{ reason: 'r' }, { reason: 'r', of: 'centre-marks' }]],
  ['Nothing', wire.Nothing, [{}]],
  ['CentreMarkRow', wire.CentreMarkRow, [row, { ...row, TeachingGroup: '11A' }]],
  ['CentreMarksAnswer', wire.CentreMarksAnswer, [{ accepted: 1, unchanged: 0, refused: [], submitted: ['68201'] }]],
  ['Component', wire.Component, [{ ...component, tolerance: 4, sampleRule: 'jcq-2026', method: 'deming', lambda: '0.75', anchors, policies: ['use-moderator-marks'] }]],
  ['TeamNode', wire.TeamNode, [{ person: 'u@x', displayName: 'U', role: 'principal', left: 0, entered: 0, submitted: 0, moderation: counts, members: [] }]],
];

const wrong: readonly [string, z.ZodType, readonly unknown[]][] = [
  ['ReviewMark', wire.ReviewMark, [{}, { mark: 7 }, { mark: '7', confirmed: true }]],
  ['Work', wire.Work, [{ received: false }, { received: true, reason: 'x', more: 1 }]],
  ['Choose', wire.Choose, [{ method: 'ols' }, { method: 'magic', reason: 'r' }, { method: 'ols', reason: 'r', more: 1 }]],
  ['WhatIf', wire.WhatIf, [{ options: [] }, { options: [{ method: 'ols', reason: 'r' }] }]],
  ['Nothing', wire.Nothing, [{ more: 1 }]],
  ['CentreMarksFile', wire.CentreMarksFile, [{ rows: [] }, { rows: [row], more: 1 }, { rows: Array.from({ length: 10_001 }) }]],
  ['Component', wire.Component, [{ ...component, anchors: [] }, { ...component, anchors: [{ at: 1.5, difference: 0 }] }, { ...component, lambda: 1 }]],
];

describe('the wire of moderation', () => {
  it.each(right)('takes %s, with all of its fields', (_, schema, examples) => {
    for (const example of examples) expect(schema.parse(example)).toEqual(example);
  });

  it.each(wrong)('refuses %s where it is none', (_, schema, examples) => {
    for (const example of examples) expect(schema.safeParse(example).success).toBe(false);
  });
});
