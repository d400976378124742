import { clock } from '../../components/time.js';
import type { MessageId } from '../../platform/i18n/catalogue.js';
import type { Line, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { fit, fitRight } from '../../platform/text/width.js';
import type { Meaning } from '../../platform/theme.js';
import { differenceOf, hasError, valueOf, type Cell, type Row } from './review.state.js';
import { BAR_CELLS, toleranceBar } from './tolerance-bar.js';
import { markWord, signed } from './words.js';

/** One row of the review grid. A row that has not changed is the same line again. */

export interface RowLook {
  readonly columns: number;
  readonly tolerance: number;
  /** Of a consortium: candidates are told apart by their centre too. */
  readonly isPooled: boolean;
  readonly hideNames: boolean;
  readonly context: ViewContext;
}

const CENTRE_MARK = 6;
const MARK = 10;
const DIFFERENCE = 5;
const STATE = 12;
const SAVED = 5;

const candidateColumns = ({ isPooled }: RowLook): number => (isPooled ? 10 : 5);

function nameColumns(look: RowLook): number {
  const fixed = 3 + candidateColumns(look) + 1 + 1 + CENTRE_MARK + 1 + MARK + 1 + DIFFERENCE + 2 + BAR_CELLS + 2 + STATE + 1 + SAVED + 1;
  return Math.max(0, Math.min(36, look.columns - fixed));
}

export function headLine(look: RowLook): Line {
  const { t } = look.context;
  const head = (name: string): string => t(`iamis.review.column.${name}` as MessageId);
  const cells = [
    `   ${fit(head('candidate'), candidateColumns(look))} `,
    `${fit(head('name'), nameColumns(look))} `,
    `${fitRight(head('centre'), CENTRE_MARK)} `,
    `${fitRight(head('moderator'), MARK)} `,
    `${fitRight(head('difference'), DIFFERENCE)}  `,
    `${fit(head('tolerance'), BAR_CELLS)}  `,
    head('state'),
  ];
  return [{ text: cells.join(''), as: 'muted' }];
}

/** `here`: under the cursor, with what is being typed. */
export function rowLine(row: Row, look: RowLook, here: { readonly cell: Cell | undefined } | undefined): Line {
  if (here !== undefined) return compose(row, look, here.cell, true);
  const { columns, tolerance, isPooled, hideNames, context } = look;
  const key = `${context.language} ${columns} ${tolerance} ${isPooled} ${hideNames}`;
  const known = lines.get(row);
  if (known?.key === key) return known.line;
  const line = compose(row, look, undefined, false);
  lines.set(row, { key, line });
  return line;
}

const lines = new WeakMap<Row, { readonly key: string; readonly line: Line }>();

function compose(row: Row, look: RowLook, cell: Cell | undefined, isHere: boolean): Line {
  const { t, language } = look.context;
  const { saved } = row;
  const number = fit(sanitise(look.isPooled ? `${saved.centre} ${saved.candidate}` : saved.candidate), candidateColumns(look));
  // What was typed and not taken has no place on the bar.
  const difference = hasError(row) ? undefined : differenceOf(row);
  const isOutside = difference !== undefined && Math.abs(difference) > look.tolerance;
  const { glyph, id, as } = cell === undefined ? stateOf(row) : TYPING;
  const at = saved.savedAt === null || row.pending.length > 0 ? '' : clock(Date.parse(saved.savedAt), language);
  return [
    isHere ? { text: ' ▸ ', as: 'selected' } : '   ',
    isHere ? { text: number, as: 'heading' } : number,
    ` ${fit(look.hideNames ? '' : sanitise(saved.name), nameColumns(look))} `,
    `${fitRight(markWord(saved.centreMark), CENTRE_MARK)} `,
    markSpan(row, cell),
    ` ${fitRight(difference === undefined ? '' : signed(difference), DIFFERENCE)}  `,
    { text: toleranceBar(difference, look.tolerance), as: isOutside ? 'warning' : difference === undefined ? 'muted' : 'ok' },
    '  ',
    { text: fit(`${glyph} ${t(id)}`, STATE), as },
    ` ${fitRight(at, SAVED)} `,
  ];
}

/** Typed over a saved mark it shows `34→43` until the next commit. */
function markSpan(row: Row, cell: Cell | undefined): Span {
  const before = valueOf(row);
  if (cell !== undefined) return { text: fitRight(before === 'CLEAR' ? `${cell.text}_` : `${before}→${cell.text}_`, MARK), as: 'input' };
  if (row.rejected !== undefined) return { text: fitRight(row.rejected.typed, MARK), as: 'error' };
  if (row.conflict !== undefined) return { text: fitRight(row.conflict.mine, MARK), as: 'conflict' };
  return fitRight(before === 'CLEAR' ? '' : before, MARK);
}

interface StateLook {
  readonly glyph: string;
  readonly id: MessageId;
  readonly as: Meaning;
}

const TYPING: StateLook = { glyph: '…', id: 'mark-entry.state.typing', as: 'input' };

function stateOf(row: Row): StateLook {
  if (row.rejected !== undefined) return { glyph: '!', id: 'mark-entry.state.rejected', as: 'error' };
  if (row.conflict !== undefined) return { glyph: '#', id: 'mark-entry.state.conflict', as: 'conflict' };
  const last = row.pending.at(-1);
  if (last !== undefined) {
    return last.isKept ? { glyph: '·', id: 'mark-entry.state.queued', as: 'queued' } : { glyph: ' ', id: 'mark-entry.state.keeping', as: 'muted' };
  }
  if (!row.saved.isReceived) return { glyph: '?', id: 'iamis.review.state.not-received', as: 'warning' };
  if (row.saved.moderatorMark === null) return { glyph: ' ', id: 'mark-entry.state.blank', as: 'muted' };
  return { glyph: '✓', id: 'mark-entry.state.saved', as: 'ok' };
}
