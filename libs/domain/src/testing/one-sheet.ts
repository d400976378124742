/** One sheet told step by step: the fixtures of its specs. */
import type { MarkSheetCommand } from '../mark-sheet/commands.js';
import type { MarkSheetEvent } from '../mark-sheet/events.js';

export const ANNA = 'anna';
export const BRYN = 'bryn';
export const by = { candidate: '0001', actor: ANNA, role: 'examiner' } as const;
export const first = { candidate: '0001', examiner: ANNA } as const;
export const second = { candidate: '0002', examiner: ANNA } as const;

export const NOT_IN_THE_PACKET = { text: '4a9f', sha256: 'ab'.repeat(32) };

export const allocated = allocation({});
export const entered: MarkSheetEvent = { type: 'MarkEntered', data: { ...first, mark: 34 } };
export const full: MarkSheetEvent = { type: 'MarkEntered', data: { ...second, mark: 80, confirmed: false } };
export const missing: MarkSheetEvent = {
  type: 'ScriptNotReceived',
  data: { ...first, reason: NOT_IN_THE_PACKET },
};
export const withdrawn: MarkSheetEvent = { type: 'CandidateWithdrawn', data: { ...first, state: 'blank' } };
export const submitted = submission([{ candidate: '0001', mark: 34 }]);
export const moved: MarkSheetEvent = {
  type: 'MarkSheetReallocated',
  data: { from: ANNA, to: BRYN, candidates: [{ candidate: '0001', state: 'blank' }], teamRevision: 7 },
};

export const typing = (typed: string, more: object = {}): MarkSheetCommand => ({
  type: 'EnterTyped',
  ...by,
  typed,
  ...more,
});

export function allocation(more: {
  maximum?: number;
  halfMarks?: boolean;
  candidates?: readonly string[];
}): MarkSheetEvent {
  const candidates = ['0001', '0002', '0003'];
  const scale = { maximum: 80, halfMarks: false };
  const data = { component: '9521/01@2017-01', centre: '68101', examiner: ANNA, ...scale, candidates, ...more };
  return { type: 'MarkSheetAllocated', data };
}

export function submission(candidates: readonly { candidate: string; mark: number | 'ABS' }[]): MarkSheetEvent {
  const data = { submission: 's-1', examiner: ANNA, candidates, deadline: '2017-02-12T23:59:00Z', late: false };
  return { type: 'MarksSubmitted', data };
}
