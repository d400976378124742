import { describe, expect, it } from '@jest/globals';
import type { IamisOutcome, IamisSample } from '@portal/contract';
import { translator } from '../../platform/i18n/translate.js';
import { centreMarksOutcome } from './iamis-import.js';
import { centresText, outcomeText, sampleText } from './iamis-text.js';
import { teamText } from './team.js';

const say = translator('en');
const verdict = { stage: 'adjusted', method: 'ols', a: '-1122/2425', b: '1', rho: '0.9', flags: ['poor-fit', 'of\u001b[31mtomorrow'] } as const;

const sample: IamisSample = {
  component: '3000N1@2017-06', centre: '68201', name: 'Ysgol\u001b[2J', consortium: ['68201'], moderator: 'm1@x', state: 'reviewing',
  maximum: 50, halfMarks: false, tolerance: 3, rule: 'jcq-classic', seed: 's-1', revision: 7, verdict: { ...verdict, flags: [...verdict.flags] },
  candidates: [
    { centre: '68201', candidate: '0001', name: 'Siân', centreMark: 34, moderatorMark: 36, teachingGroup: 'A', isReceived: true, savedAt: null, revision: 3 },
    { centre: '68201', candidate: '0002', name: '', centreMark: 12, moderatorMark: null, teachingGroup: '', isReceived: false, reason: 'lost', savedAt: null, revision: 4 },
  ],
};

describe('moderation for people', () => {
  it('shows a sample with its differences, what has not come, and how it stands', () => {
    const [heading, drawn, stands, , first, second] = sampleText(say, sample, 'en').split('\n');
    expect(heading).toBe('3000N1@2017-06  68201  Ysgol�[2J  0–50');
    expect(drawn).toBe('Drawn by jcq-classic, seed s-1.');
    expect(stands).toBe('marks adjusted (tolerance 3) · method ols · a = -1122/2425 (-0.4627), b = 1 · rho 0.9 · poor fit · of�[31mtomorrow');
    expect(first).toMatch(/^68201 +0001 +Siân +A +34 +36 +\+2 +3$/);
    expect(second).toMatch(/^68201 +0002 +12 +work not received: lost +4$/);
  });

  it('shows an outcome: marks before and after, ABS and CF as they are', () => {
    const outcome: IamisOutcome = {
      ...sample.verdict, component: '3000N1@2017-06', centre: '68201', state: 'submitted', outcome: 9, maximum: 50, halfMarks: false, tolerance: 3,
      candidates: [
        { centre: '68201', candidate: '0001', centreMark: 34, moderatorMark: 36, adjusted: 35 },
        { centre: '68201', candidate: '0003', centreMark: 'CF', moderatorMark: null, adjusted: 'CF' },
      ],
    };
    const lines = outcomeText(say, outcome, 'en').split('\n');
    expect(lines[0]).toBe('3000N1@2017-06  68201  submitted  0–50');
    expect(lines.slice(3)).toEqual([expect.stringMatching(/^68201 +0001 +34 +36 +35$/), expect.stringMatching(/^68201 +0003 +CF +CF$/)]);
  });

  it('shows centres with what there is to say of them', () => {
    const row = {
      centre: '68201', name: 'Ysgol', moderator: 'm1@x', moderatorName: 'M', entered: 206, cfAbs: 0, sample: 20, remaining: 3, reportCompleted: true,
      state: 'reviewing', outcome: 'order-doubtful', flags: ['low-rho'], late: true, consortium: ['68201'],
    } as const;
    const [, line] = centresText(say, [{ ...row, flags: [...row.flags], consortium: [...row.consortium] }]).split('\n');
    expect(line).toMatch(/^68201 +Ysgol +m1@x +206 +20 +3 +completed +in review +order doubtful +late, order of merit differs \(ρ below 0.8\)$/);
  });
});

describe('a team for people', () => {
  const marks = { left: 3, entered: 2, submitted: 1 };
  const examiner = { person: 'e@x', displayName: 'E', role: 'examiner', ...marks, members: [] };
  const principal = { person: 'p@x', displayName: 'P', role: 'principal', ...marks, members: [examiner] };

  it('counts marks to enter, and where anybody moderates, centres to review', () => {
    expect(teamText(say, [principal]).split('\n')).toEqual([
      'Name  Person  Role       Left  Entered  Submitted', 'P     p@x     principal     3        2          1', '  E   e@x     examiner      3        2          1',
    ]);
    const moderation = {
      totalCentres: 3, totalSampleCandidates: 29, totalReportsCompleted: 1, reviewRemaining: 5, totalEntered: 161, totalCfAbs: 0, totalNewMarks: 161,
    };
    const moderated = teamText(say, [{ ...principal, members: [{ ...examiner, moderation }] }]).split('\n');
    expect(moderated[0]).toMatch(/^Name +Person +Role +Centres +Sample +Reports +Remaining +Entered$/);
    expect(moderated.slice(1)).toEqual([expect.stringMatching(/principal$/), expect.stringMatching(/examiner +3 +29 +1 +5 +161$/)]);
  });
});

describe('an import of centre marks', () => {
  it('stands as a whole', () => {
    const outcome = centreMarksOutcome({ accepted: 3, unchanged: 1, refused: [], submitted: ['68201'] });
    expect(outcome).toMatchObject({ kind: 'done', document: { accepted: 3, unchanged: 1, refused: [], submitted: ['68201'] } });
    expect(outcome.code).toBeUndefined();
    expect(outcome.text(say)).toContain('samples drawn: 68201');
  });

  it('or not at all: one refused row ends it with 1, never with 5', () => {
    const refused = [{ row: 2, candidate: '0002', field: 'Mark', reason: 'mark-malformed' }];
    const outcome = centreMarksOutcome({ accepted: 3, unchanged: 1, refused, submitted: ['68201'] });
    expect(outcome).toMatchObject({ code: 1, document: { accepted: 0, unchanged: 0, refused, submitted: [] } });
    expect(outcome.text(say)).toContain('Nothing was imported.');
  });
});
