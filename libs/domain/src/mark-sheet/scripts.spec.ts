import { describe, it } from '@jest/globals';
import { given } from '../testing.js';
import { ANNA, BRYN, NOT_IN_THE_PACKET, allocated, by, entered, first, missing, submitted } from '../testing/one-sheet.js';
import type { MarkSheetCommand } from './commands.js';
import { markSheet } from './decide.js';
import type { MarkSheetEvent } from './events.js';

describe('scripts', () => {
  const about = (type: 'FlagSample' | 'UnflagSample' | 'ReportScriptReceived'): MarkSheetCommand => ({
    type,
    ...by,
  });

  it('are flagged as sample and unflagged, also once submitted', () => {
    const flagged: MarkSheetEvent = { type: 'SampleFlagged', data: first };
    given(markSheet, [allocated, entered, submitted]).when(about('FlagSample')).records([flagged]);
    given(markSheet, [allocated, flagged]).when(about('FlagSample')).recordsNothing();
    given(markSheet, [allocated, flagged])
      .when(about('UnflagSample'))
      .records([{ type: 'SampleUnflagged', data: first }]);
    given(markSheet, [allocated]).when(about('UnflagSample')).recordsNothing();
  });

  it('are outstanding until they come; a mark or another reason is not overwritten', () => {
    const report = { type: 'ReportScriptNotReceived', ...by, reason: NOT_IN_THE_PACKET } as const;
    given(markSheet, [allocated]).when(report).records([missing]);
    given(markSheet, [allocated, missing]).when(report).recordsNothing();
    given(markSheet, [allocated, missing]).when({ ...report, reason: { ...NOT_IN_THE_PACKET, text: '51c0' } }).recordsNothing();
    given(markSheet, [allocated, missing])
      .when({ ...report, reason: { text: '51c0', sha256: 'cd'.repeat(32) } })
      .refuses({ reason: 'ScriptOutstanding', candidate: '0001', why: NOT_IN_THE_PACKET });
    given(markSheet, [allocated, entered])
      .when(report)
      .refuses({ reason: 'EnteredMarksRemain', candidates: ['0001'] });
    given(markSheet, [allocated, missing])
      .when(about('ReportScriptReceived'))
      .records([{ type: 'ScriptReceived', data: first }]);
    given(markSheet, [allocated]).when(about('ReportScriptReceived')).recordsNothing();
  });

  it('without a candidate on the list are reported by who marks here', () => {
    const report = { type: 'ReportUnlistedScript', number: '0099', actor: ANNA, role: 'examiner' } as const;
    const reported: MarkSheetEvent = { type: 'UnlistedScriptReported', data: { number: '0099' } };
    given(markSheet, [allocated]).when(report).records([reported]);
    given(markSheet, [allocated, reported]).when(report).recordsNothing();
    given(markSheet, [allocated])
      .when({ ...report, actor: BRYN })
      .refuses({ reason: 'NotYourCandidate', candidate: '0099' });
    given(markSheet, [allocated])
      .when({ ...report, number: '0001' })
      .refuses({ reason: 'AlreadyAllocated', candidate: '0001', examiner: ANNA });
  });

  it('may raise a concern, each kind once', () => {
    const raise = { type: 'RaiseConcern', ...by, kind: 'illegible' } as const;
    const raised: MarkSheetEvent = { type: 'ConcernRaised', data: { ...first, kind: 'illegible' } };
    given(markSheet, [allocated]).when(raise).records([raised]);
    given(markSheet, [allocated, raised]).when(raise).recordsNothing();
  });
});
