import { describe, expect, it } from '@jest/globals';
import type { ApiResult } from '../api/result.js';
import { waitForApproval } from './wait-for-approval.js';

type Answer = ApiResult<{ readonly step: string }>;

const problem = (type: string): Answer => ({ kind: 'problem', problem: { type, title: '', status: 503, detail: '' } });
const step = (name: string): Answer => ({ kind: 'ok', value: { step: name } });
const DOWN: Answer = { kind: 'unreachable', cause: 'ECONNREFUSED' };

/** What the service says, one answer after another. */
async function waited(answers: readonly Answer[], msLeft = 60_000): Promise<{ readonly answer: Answer; readonly asked: number }> {
  let asked = 0;
  const approve = async () => answers[Math.min(asked++, answers.length - 1)]!;
  return { answer: await waitForApproval({ approve }, { expiresAt: new Date(Date.now() + msLeft).toISOString() }), asked };
}

describe('waiting for the number to be typed', () => {
  it('outlives a service that starts anew', async () => {
    expect(await waited([step('approve'), DOWN, problem('unavailable'), step('stay')])).toEqual({ answer: step('stay'), asked: 4 });
  });

  it.each([['a refusal', problem('approval-denied')], ['a way that is closed', problem('factor-unavailable')]])('ends at once with %s', async (_, answer) => {
    expect(await waited([answer])).toEqual({ answer, asked: 1 });
  });

  it('ends with the time of the number where the service stays away', async () => {
    expect(await waited([DOWN], 500)).toEqual({ answer: DOWN, asked: 2 });
  });
});
