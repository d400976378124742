import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ReviewMark } from '@portal/contract';
import type { CandidatePlace, CandidateCommand } from '../api/api.js';
import type { ApiResult } from '../api/result.js';
import { moderatorMarkSender } from './moderator-marks.js';
import { createOutbox } from './outbox.js';

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

const within = async (holds: () => boolean): Promise<void> => {
  for (let waited = 0; !holds() && waited < 5_000; waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
};

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

  it('keep the capacity in which they were typed in the journal, also for the next start', async () => {
    const journalFolder = mkdtempSync(join(tmpdir(), 'portal-moderator-marks-'));
    const away = answering(() => ({ kind: 'unreachable', cause: 'ECONNREFUSED' }));
    const options = { server: 'http://127.0.0.1:1', account: 'a', journalFolder, backoffMs: { first: 5, longest: 5 } };
    const first = createOutbox({ ...options, api: away.sender });
    const { commandId, candidate, mark, capacity } = row('0001', 'a');
    await (await first.open('U@2017-06', '68201')).commit([{ commandId, candidate, mark, capacity, expect: 3, enteredAt: '2017-06-20T12:00:00.000Z' }]);
    await within(() => away.sent.length > 0);
    await first.close();
    const back = answering(ok);
    const next = createOutbox({ ...options, api: back.sender });
    await next.resume();
    await within(() => back.sent.length > 0);
    await next.close();
    expect(back.sent[0]).toMatchObject([{ candidate: '0001' }, { mark: '7' }, { commandId: 'a', expect: 3, capacity: 'principal' }]);
  });

  it('a refusal is the answer of its own row alone', async () => {
    const refused = { type: 'not-in-sample', title: '', status: 409, detail: '' };
    const { sender } = answering((candidate) => (candidate === '0001' ? { kind: 'problem', problem: refused } : ok(candidate)));
    const answers = await sender.enterMarks('U@2017-06', '68201', [row('0001', 'a'), row('0002', 'b')]);
    expect(answers).toMatchObject({ kind: 'ok', value: [{ commandId: 'a', refused: { type: 'not-in-sample' } }, { commandId: 'b' }] });
  });
});
