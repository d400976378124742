import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import { ANNA, at, byAda, byAnna, byPam, CENTRE, close, complete, enter, FOUR, opened, PAM, reasonOf, receive, REPORT, reviewed, submit, told, toSubmission, allocate } from '../testing/one-moderation.js';
import { moderation } from './decide.js';
import type { ModerationEvent } from './events.js';
import { phaseOf, standingOf } from './state.js';

const past = told(...opened);
const drawnAt = past.length - 1;
const reason = reasonOf('t-1');
const marked: ModerationEvent = { type: 'ModeratorMarkEntered', data: { ...at('0001'), moderator: ANNA, mark: 12 } };

describe("a moderator's mark", () => {
  it('is entered, corrected and cleared by whoever has the centre', () => {
    given(moderation, past).when(enter('0001', '12')).records([marked]);
    given(moderation, [...past, marked]).when(enter('0001', '12')).recordsNothing();
    given(moderation, [...past, marked])
      .when(enter('0001', '13'))
      .records([{ type: 'ModeratorMarkCorrected', data: { ...at('0001'), moderator: ANNA, from: 12, mark: 13 } }]);
    given(moderation, [...past, marked])
      .when(enter('0001', 'CLEAR'))
      .records([{ type: 'ModeratorMarkCleared', data: { ...at('0001'), moderator: ANNA, from: 12 } }]);
    given(moderation, past).when(enter('0001', 'CLEAR')).recordsNothing();
    given(moderation, past).when(enter('0001', '12', { actor: 'bryn' })).refuses({ reason: 'NotYourCentre', centre: CENTRE });
    given(moderation, past).when(enter('0001', '12', byAda)).refuses({ reason: 'NotPermitted', role: 'admin' });
  });

  it.each<[string, object]>([
    ['61', { reason: 'MarkOutOfRange', maximum: 60 }],
    ['7.5', { reason: 'MarkNotHalf', typed: '7.5' }],
    ['7.', { reason: 'MarkMalformed', typed: '7.' }],
    ['ABS', { reason: 'MarkMalformed', typed: 'ABS' }],
    ['CF', { reason: 'MarkMalformed', typed: 'CF' }],
  ])('of %s is refused', (typed, refused) => {
    given(moderation, past).when(enter('0001', typed)).refuses(refused as never);
  });

  it('is refused where the candidate changed since it was seen', () => {
    given(moderation, past).when(enter('0001', '12', { expect: drawnAt })).records([marked]);
    given(moderation, [...past, marked])
      .when(enter('0001', '13', { expect: drawnAt }))
      .refuses({ reason: 'ChangedElsewhere', candidate: '0001', mark: 12, revision: drawnAt + 1 });
    // forty marks queued on one sheet are no conflict among themselves
    given(moderation, [...past, marked]).when(enter('0002', '22', { expect: drawnAt })).records([
      { type: 'ModeratorMarkEntered', data: { ...at('0002'), moderator: ANNA, mark: 22 } },
    ]);
  });

  it('is for the sample alone, while it is looked at', () => {
    given(moderation, past).when(enter('0009', '12')).refuses({ reason: 'CandidateUnknown', candidate: '0009' });
    given(moderation, told(allocate, receive(FOUR))).when(enter('0001', '12')).refuses({ reason: 'CentreMarksOpen' });
    const absent = told(allocate, receive({ ...FOUR, '0005': 'ABS' }), close);
    given(moderation, absent).when(enter('0005', '12')).refuses({ reason: 'NotInSample', candidate: '0005' });
    given(moderation, told(...toSubmission(5))).when(enter('0001', '1')).refuses({ reason: 'ModerationLocked', state: 'submitted' });
  });
});

describe('work that did not come', () => {
  const missing = { type: 'ReportWorkNotReceived', ...byAnna, ...at('0001'), reason } as const;
  const notReceived: ModerationEvent = { type: 'WorkNotReceived', data: { ...at('0001'), moderator: ANNA, reason } };

  it('closes the candidate for what remains', () => {
    given(moderation, past).when(missing).records([notReceived]);
    given(moderation, [...past, notReceived]).when(missing).recordsNothing();
    given(moderation, [...past, marked]).when(missing).refuses({ reason: 'EnteredMarksRemain', candidates: ['68101/0001'] });
    given(moderation, [...past, notReceived]).when(enter('0001', '12')).refuses({ reason: 'WorkOutstanding', candidate: '0001' });
    expect(standingOf(fold(moderation, [...past, notReceived]))).toMatchObject({ sample: 4, remaining: 3 });
    given(moderation, past)
      .when({ ...missing, reason: { ...reason, sha256: 'gone to Bangor' } })
      .refuses({ reason: 'SettingMalformed', field: 'reason' });
  });

  it('and comes after all opens them again', () => {
    const found = { type: 'ReportWorkReceived', ...byAnna, ...at('0001') } as const;
    given(moderation, [...past, notReceived]).when(found).records([{ type: 'WorkReceived', data: { ...at('0001'), moderator: ANNA } }]);
    given(moderation, past).when(found).recordsNothing();
  });
});

describe('the sample', () => {
  const rows = Array.from({ length: 30 }, (_, i) => ({ candidate: String(i + 1).padStart(4, '0'), typed: String(2 * i + 2) }));
  const thirty = told(allocate, receive({}, { rows }), close);
  const sample = (thirty.at(-1) as Extract<ModerationEvent, { type: 'SampleDrawn' }>).data.candidates;

  it('takes the nearest mark in the place of one that cannot be looked at', () => {
    const out = sample[4] as { centre: string; candidate: string };
    const replace = { type: 'ReplaceSampleCandidate', ...byAnna, ...out, reason } as const;
    const decision = moderation.decide(replace, fold(moderation, thirty));
    const [event] = 'accepted' in decision ? decision.accepted : [];
    const data = (event as Extract<ModerationEvent, { type: 'SampleCandidateReplaced' }>).data;
    expect(Math.abs(Number(data.in.candidate) - Number(out.candidate))).toBe(1);
    expect(data).toMatchObject({ out, was: 'blank', reason, moderator: ANNA });
    given(moderation, [...thirty, event as ModerationEvent]).when(replace).recordsNothing();
    given(moderation, [...thirty, event as ModerationEvent])
      .when(enter(out.candidate, '1'))
      .refuses({ reason: 'NotInSample', candidate: out.candidate });
    given(moderation, past).when({ ...replace, ...at('0001') }).refuses({ reason: 'NobodyEligible' });
  });

  it('does not take one who was replaced for the end of the order', () => {
    const twelve = Array.from({ length: 12 }, (_, i) => ({ candidate: String(i + 1).padStart(4, '0'), typed: String(i + 1) }));
    const before = told(
      allocate,
      receive({}, { rows: twelve }),
      close,
      { type: 'ReplaceSampleCandidate', ...byAnna, ...at('0012'), reason },
      { type: 'RequestCentreMarkChange', ...byAda, ...at('0099'), typed: '6', reason: reasonOf('t-2') },
    );
    expect(before.at(-2)).toMatchObject({ type: 'SampleCandidateReplaced', data: { out: at('0012'), in: at('0009') } });
    given(moderation, before)
      .when({ type: 'ApproveCentreMarkChange', ...byPam, change: before.length - 1 })
      .records([
        {
          type: 'LateCentreMarkReceived',
          data: { ...at('0099'), moderator: ANNA, change: before.length - 1, mark: 6, reason: reasonOf('t-2') },
        },
      ]);
  });

  it('is added to on request, and reopens what is not approved', () => {
    const more = { type: 'RequestFurtherSample', ...byPam, seed: 's-2', size: 3, reason } as const;
    const decision = moderation.decide(more, fold(moderation, thirty));
    const events = 'accepted' in decision ? decision.accepted : [];
    expect(events.map(({ type }) => type)).toEqual(['FurtherSampleRequested', 'FurtherSampleDrawn']);
    expect(standingOf(fold(moderation, [...thirty, ...events]))).toMatchObject({ sample: 13, remaining: 13 });
    given(moderation, [...thirty, ...events]).when(more).recordsNothing();
    const byLou = { ...more, actor: 'lou', role: 'team-leader' };
    given(moderation, thirty).when({ ...byLou, seniorTo: ['bryn'] }).refuses({ reason: 'NotSenior', person: ANNA });
    given(moderation, thirty).when({ ...byLou, seniorTo: [ANNA] }).records(events);
    given(moderation, past).when(more).refuses({ reason: 'NobodyEligible' });
    given(moderation, told(receive(FOUR))).when(more).refuses({ reason: 'CentreMarksOpen' });
    given(moderation, thirty).when({ ...more, size: 0 }).refuses({ reason: 'SettingMalformed', field: 'size' });
    const all = sample.map(({ candidate }) => enter(candidate, String(Number(candidate) * 2)));
    const submitted = told(allocate, receive({}, { rows }), close, ...all, complete, submit, more);
    expect(phaseOf(fold(moderation, submitted))).toBe('reviewing');
    expect(fold(moderation, submitted).outcome).toBeUndefined();
  });
});

describe('the report', () => {
  const save = { type: 'SaveReport', ...byAnna, report: { language: 'cy', accuracy: reasonOf('r-1') } } as const;

  it('is saved as it stands, completed when it is whole, reopened and saved again', () => {
    const saved: ModerationEvent = { type: 'CentreReportSaved', data: { moderator: ANNA, report: save.report } };
    given(moderation, past).when(save).records([saved]);
    given(moderation, [...past, saved]).when(save).recordsNothing();
    given(moderation, past).when({ ...complete, report: save.report }).refuses({ reason: 'ReportIncomplete', fields: ['administration', 'tasks'] });
    const completed: ModerationEvent = { type: 'CentreReportCompleted', data: { moderator: ANNA, report: REPORT, centres: 1 } };
    given(moderation, [...past, saved]).when(complete).records([completed]);
    given(moderation, [...past, completed]).when(complete).recordsNothing();
    given(moderation, [...past, completed]).when(save).refuses({ reason: 'ReportCompleted' });
    expect(standingOf(fold(moderation, [...past, completed])).reports).toBe(1);
    const reopen = { type: 'ReopenReport', ...byAnna } as const;
    given(moderation, [...past, completed]).when(reopen).records([{ type: 'CentreReportReopened', data: { moderator: ANNA, centres: 1 } }]);
    given(moderation, past).when(reopen).recordsNothing();
    given(moderation, past).when({ ...reopen, actor: PAM, role: 'principal' }).refuses({ reason: 'NotYourCentre', centre: CENTRE });
  });

  it('and all marks are wanted before anything is submitted', () => {
    given(moderation, past).when(submit).refuses({
      reason: 'ReviewRemaining',
      candidates: ['0001', '0002', '0003', '0004'].map((number) => `${CENTRE}/${number}`),
    });
    given(moderation, told(...opened, ...reviewed(0))).when(submit).refuses({ reason: 'ReportIncomplete', fields: ['report'] });
  });
});
