import type { MarkAnswer } from '@portal/contract';
import type { IamisApi } from '../api/iamis.js';
import type { ApiResult } from '../api/result.js';
import type { MarkSender, OutboxRow } from './outbox.js';

/**
 * Moderator marks on the road of mark sheets: journal first, then one row after the other in the order of typing, each
 * with its own answer. A lost line ends the batch there; what is left is sent again with the same command ids.
 */
export function moderatorMarkSender(api: Pick<IamisApi, 'review'>): MarkSender {
  return {
    enterMarks: async (component, centre, rows) => {
      const answers: MarkAnswer[] = [];
      for (const row of rows) {
        const result = await review(api, { component, centre }, row);
        if (result.kind === 'ok') answers.push({ commandId: row.commandId, recorded: result.value });
        else if (result.kind === 'problem') answers.push({ commandId: row.commandId, refused: result.problem });
        else return answers.length === 0 ? result : { kind: 'ok', value: answers };
      }
      return { kind: 'ok', value: answers } satisfies ApiResult<readonly MarkAnswer[]>;
    },
  };
}

function review(api: Pick<IamisApi, 'review'>, at: { readonly component: string; readonly centre: string }, row: OutboxRow) {
  const { candidate, commandId, mark, enteredAt, queuedMs, expect, capacity } = row;
  const body = { mark, ...(enteredAt !== undefined && { enteredAt }), ...(queuedMs !== undefined && { queuedMs }) };
  return api.review({ ...at, candidate }, body, { commandId, expect, capacity });
}
