import { describe, expect, it } from '@jest/globals';
import type { ReviewMark } from '@portal/contract';
import type { CandidatePlace, CandidateCommand } from '../api/api.js';
import type { ApiResult } from '../api/result.js';
import { moderatorMarkSender } from './moderator-marks.js';

const row = (candidate: string, commandId: string) => ({ candidate, commandId, mark: '7', expect: 3, capacity: 'principal' });

function answering(answer: (candidate: string) => ApiResult<never>) {
  const sent: [CandidatePlace, ReviewMark, CandidateCommand][] = [];
  const sender = moderatorMarkSender({
    review: async (place, body, command) => {
      sent.push([place, body, command]);
      return answer(place.candidate);
    },
  });
  return { sent, sender };
}

const ok = (candidate: string) => ({ kind: 'ok', value: { candidate } }) as unknown as ApiResult<never>;

describe('moderator marks on the road of mark sheets', () => {
  it('go one by one in their order, each with its number, the revision seen and its capacity', async () => {
    const { sent, sender } = answering(ok);
    const answers = await sender.enterMarks('U@2017-06', '68201', [row('0001', 'a'), row('0002', 'b')]);
    expect(answers).toMatchObject({ kind: 'ok', value: [{ commandId: 'a' }, { commandId: 'b' }] });
    expect(sent[0]).toEqual([{ component: 'U@2017-06', centre: '68201', candidate: '0001' }, { mark: '7' }, { commandId: 'a', expect: 3, capacity: 'principal' }]);
  });

  it('stop where the line is lost: what follows has no answer and is sent again', async () => {
    const { sent, sender } = answering((candidate) => (candidate === '0002' ? { kind: 'unknown', cause: 'ECONNRESET' } : ok(candidate)));
    const answers = await sender.enterMarks('U@2017-06', '68201', [row('0001', 'a'), row('0002', 'b'), row('0003', 'c')]);
    expect(answers).toMatchObject({ kind: 'ok', value: [{ commandId: 'a' }] });
    expect(sent).toHaveLength(2);
  });

  it('say so where not even the first was answered', async () => {
    const { sender } = answering(() => ({ kind: 'signed-out' }));
    expect(await sender.enterMarks('U@2017-06', '68201', [row('0001', 'a')])).toEqual({ kind: 'signed-out' });
  });

  it('a refusal is the answer of its own row alone', async () => {
    const refused = { type: 'not-in-sample', title: '', status: 409, detail: '' };
    const { sender } = answering((candidate) => (candidate === '0001' ? { kind: 'problem', problem: refused } : ok(candidate)));
    const answers = await sender.enterMarks('U@2017-06', '68201', [row('0001', 'a'), row('0002', 'b')]);
    expect(answers).toMatchObject({ kind: 'ok', value: [{ commandId: 'a', refused: { type: 'not-in-sample' } }, { commandId: 'b' }] });
  });
});
