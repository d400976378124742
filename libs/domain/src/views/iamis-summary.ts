/** What has each moderator to look at, component by component? A senior's row is the sum over the team. */
import type { Standing } from '../moderation/events.js';
import { sheetOfStream } from '../streams.js';
import type { IamisCounts } from './moderating-counts.js';
import { added, columnsOf, isNothing, MODERATION_COUNTED, movesOf, NO_STANDING } from './moderating-counts.js';
import type { View } from './view.js';
import { known } from './view.js';

export interface IamisSummaryDocument extends IamisCounts {
  readonly account: string;
  readonly component: string;
}

/** List `ACCOUNT/` for one moderator's components. */
export const iamisSummaryKey = (account: string, component: string): string => `${account}/${component}`;

export const iamisSummary: View<IamisSummaryDocument> = {
  name: 'iamis-summary',
  version: 1,
  types: MODERATION_COUNTED,
  keys(event) {
    const moves = movesOf(known(event));
    if (moves.length === 0) return [];
    const { component } = sheetOfStream(event.stream);
    return moves.map(({ account }) => iamisSummaryKey(account, component));
  },
  evolve(key, before, event) {
    const account = before?.account ?? key.slice(0, key.indexOf('/'));
    const component = before?.component ?? key.slice(account.length + 1);
    const move = movesOf(known(event)).find((one) => one.account === account);
    if (move === undefined) return before;
    const standing = added(standingIn(before), move.by);
    return isNothing(standing) ? undefined : { account, component, ...columnsOf(standing) };
  },
};

/** The row of somebody who stands over these: the sum of their counts. */
export function summed(rows: readonly IamisCounts[]): IamisCounts {
  return columnsOf(rows.reduce((sum, row) => added(sum, standingIn(row)), NO_STANDING));
}

function standingIn(row: IamisCounts | undefined): Standing {
  if (row === undefined) return NO_STANDING;
  return {
    centres: row.totalCentres,
    sample: row.totalSampleCandidates,
    reports: row.totalReportsCompleted,
    remaining: row.reviewRemaining,
    entered: row.totalEntered,
    cfAbs: row.totalCfAbs,
  };
}
