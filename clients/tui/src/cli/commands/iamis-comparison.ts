import type { Comparison } from '@portal/contract';
import type { Say } from '../outcome.js';
import { headings, table } from '../table.js';
import { anchorsText } from './anchors.js';
import { flagText } from './iamis-text.js';
import type { WhatIfOption } from './what-if-options.js';

export type Compared = Comparison & { readonly option: WhatIfOption };

/** Methods side by side over the whole cohort: how many marks move and by how much, and what is left of the differences. */
export function comparisonText(say: Say, rows: readonly Compared[]): string {
  const heads = headings([
    'method', 'tolerance', 'settings', 'stage', 'moved', 'smallest', 'largest', 'mean', 'residual', 'largestResidual', 'order', 'remarks',
  ]);
  return table(say, heads, rows.map(row => [
    row.option.method,
    row.tolerance,
    settings(row.option),
    ...(row.unsuitable === null ? figures(say, row) : Array.from({ length: 8 }, () => null)),
    [...(row.unsuitable === null ? [] : [say('cli.unsuitable', { why: flagText(say, row.unsuitable, 'unsuitable') })]), ...row.flags.map(flag => flagText(say, flag))].join(', '),
  ]));
}

function figures(say: Say, row: Compared) {
  return [
    say(`iamis.stage.${row.stage}`),
    say('cli.moved', { moved: row.moved, of: row.of }),
    signed(row.smallest),
    signed(row.largest),
    signed(row.mean),
    rounded(row.residual),
    rounded(row.largestResidual),
    say(row.orderKept ? 'cli.order.kept' : 'cli.order.changed'),
  ];
}

function settings({ lambda, anchors }: WhatIfOption): string {
  return anchors === undefined ? (lambda ?? '') : anchorsText(anchors);
}

function signed(points: number): string {
  return points > 0 ? `+${rounded(points)}` : rounded(points);
}

/** Two places at most, and none where there are none. */
function rounded(points: number): string {
  return String(Math.round(points * 100) / 100);
}
