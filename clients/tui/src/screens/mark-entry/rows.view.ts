import type { Line, Span, ViewContext } from '../../platform/screen.js';
import type { MessageId } from '../../platform/i18n/catalogue.js';
import type { Meaning } from '../../platform/theme.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { fit, fitRight } from '../../platform/text/width.js';
import { clock } from '../../components/time.js';
import { isLocked, isOutstanding, valueOf, type GridState, type Row } from './grid.state.js';

/** One row of the grid. A row that has not changed is the same line again. */

export interface RowLook {
  readonly nameColumns: number;
  readonly hideNames: boolean;
  readonly isBlind: boolean;
  readonly context: ViewContext;
}

export const MARK_COLUMNS = 9;
export const STATE_COLUMNS = 17;
export const SAVED_COLUMNS = 5;
/** Everything in a row but the name. */
export const FIXED_COLUMNS = 3 + 4 + 2 + 2 + MARK_COLUMNS + 2 + STATE_COLUMNS + 2 + SAVED_COLUMNS + 1;

export function rowLine(row: Row, look: RowLook): Line {
  const key = `${look.context.language} ${look.nameColumns} ${look.hideNames} ${look.isBlind}`;
  const known = lines.get(row);
  if (known?.key === key) return known.line;
  const line = compose(row, { ...look, mark: markSpan(row, look), isHere: false });
  lines.set(row, { key, line });
  return line;
}

const lines = new WeakMap<Row, { readonly key: string; readonly line: Line }>();

/** The row under the cursor, with what is being typed. */
export function cursorLine(state: GridState, row: Row, look: RowLook): Line {
  const before = valueOf(row);
  const { cell } = state;
  const mark: Span =
    cell === undefined
      ? markSpan(row, look)
      : { text: before === 'CLEAR' || look.isBlind ? `${cell.text}_` : `${before}→${cell.text}_`, as: 'input' };
  return compose(row, { ...look, mark, isHere: true, isTyping: cell !== undefined });
}

interface Parts extends RowLook {
  readonly mark: Span;
  readonly isHere: boolean;
  readonly isTyping?: boolean;
}

function compose(row: Row, { nameColumns, hideNames, mark, isHere, isTyping = false, context }: Parts): Line {
  const { saved } = row;
  const name = hideNames ? '' : sanitise(saved.name);
  const { glyph, id, as } = isTyping ? TYPING : stateOf(row);
  const label = fit(`${glyph} ${context.t(id)}${marksOf(row)}`, STATE_COLUMNS);
  const at = saved.savedAt === null || row.pending.length > 0 ? '' : clock(Date.parse(saved.savedAt), context.language);
  const text = typeof mark === 'string' ? mark : mark.text;
  return [
    isHere ? { text: ' ▸ ', as: 'selected' } : '   ',
    isHere ? { text: sanitise(saved.candidate), as: 'heading' } : sanitise(saved.candidate),
    `  ${fit(name, nameColumns)}  `,
    { text: fitRight(text, MARK_COLUMNS), as: typeof mark === 'string' ? 'plain' : mark.as },
    '  ',
    { text: label, as },
    `  ${fitRight(at, SAVED_COLUMNS)} `,
  ];
}

function markSpan(row: Row, { isBlind }: RowLook): Span {
  if (row.rejected !== undefined) return { text: row.rejected.typed, as: 'error' };
  if (row.conflict !== undefined) return { text: isBlind ? '••' : row.conflict.mine, as: 'conflict' };
  const value = valueOf(row);
  if (value === 'CLEAR') return '';
  if (isBlind && row.saved.state === 'entered') return row.verification?.kind === 'same' ? value : '••';
  return value;
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
  if (row.verification?.kind === 'differs') return { glyph: '≠', id: 'mark-entry.state.differs', as: 'conflict' };
  const last = row.pending.at(-1);
  if (last !== undefined) {
    return last.isKept
      ? { glyph: '·', id: 'mark-entry.state.queued', as: 'queued' }
      : { glyph: ' ', id: 'mark-entry.state.keeping', as: 'muted' };
  }
  if (row.isGone) return { glyph: '=', id: 'mark-entry.state.gone', as: 'locked' };
  if (isLocked(row)) return { glyph: '=', id: 'mark-entry.state.locked', as: 'locked' };
  if (isOutstanding(row)) return { glyph: '?', id: 'mark-entry.state.outstanding', as: 'warning' };
  if (row.saved.mark === null) return { glyph: ' ', id: 'mark-entry.state.blank', as: 'muted' };
  return row.saved.confirmed
    ? { glyph: '✓', id: 'mark-entry.state.saved', as: 'ok' }
    : { glyph: '✓', id: 'mark-entry.state.unconfirmed', as: 'warning' };
}

/** `v` verified by a second entry, `s` flagged for the sample. */
function marksOf({ saved }: Row): string {
  return `${saved.verified ? ' v' : ''}${saved.flagged ? ' s' : ''}`;
}
