import { firstVisible } from '../../components/list.js';
import { allAs } from '../../components/paint.js';
import { tableRow, type Column } from '../../components/table.js';
import type { Frame, Line, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { fit } from '../../platform/text/width.js';
import type { TeamRow, TeamState } from './team.state.js';
import { capacityWord, headingOf, isSame, problemLine } from './words.js';

/** Heading, two section headings, an empty row between them, column heads. */
export const TEAM_FIXED_ROWS = 6;

const COUNTS = ['centres', 'sample', 'remaining', 'reports'] as const;
const WIDE = 110;
const barCells = (size: Size): number => (size.columns >= WIDE ? 12 : 6);

export function viewTeam(state: TeamState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const head: Line[] = [[{ text: headingOf('iamis.team.heading', state.component, size, context), as: 'heading' }], ''];
  const message = problemLine(state.problem, context) ?? (state.rows === undefined ? ` ${t('list.loading')}` : undefined);
  const columns = columnsFor(size);
  const lines = (state.rows ?? []).map((row, index) => rowOf(state, row, index, { columns, size, context }));
  const roles = (state.rows ?? []).filter(({ kind }) => kind === 'role').length;
  const heads = COUNTS.map((of) => t(`iamis.team.column.${of === 'remaining' && size.columns < WIDE ? 'remaining.short' : of}`));
  const names = [t('iamis.team.column.name'), t('iamis.team.column.role'), ...heads, t('iamis.team.column.progress')];
  const sections: Line[] = [
    ...(roles > 0 ? [section(t('iamis.team.roles'), size)] : []),
    ...lines.slice(0, roles),
    ...(roles > 0 ? [''] : []),
    [{ text: fit(`   ${tableRow(columns, names)}`, size.columns), as: 'muted' }],
    ...lines.slice(roles),
  ];
  const at = state.selected < roles ? state.selected + 1 : state.selected + (roles > 0 ? 3 : 1);
  const room = Math.max(1, size.rows - head.length);
  const first = firstVisible(at, sections.length, room);
  return { lines: [...head, ...sections.slice(first, first + room)], ...(message && { message }) };
}

const section = (text: string, size: Size): Line => [{ text: fit(` ${text}`, size.columns), as: 'muted' }];

function columnsFor(size: Size): readonly Column[] {
  const isWide = size.columns >= WIDE;
  const counts = [7, 6, isWide ? 9 : 4, 7].map((columns): Column => ({ columns, align: 'right' }));
  const role = isWide ? 20 : 11;
  const bar = barCells(size) + 5;
  const used = 3 + 2 * 6 + role + 24 + (isWide ? 5 : 0) + bar + 1;
  return [{ columns: Math.max(8, Math.min(44, size.columns - used)) }, { columns: role }, ...counts, { columns: bar }];
}

interface Look {
  readonly columns: readonly Column[];
  readonly size: Size;
  readonly context: ViewContext;
}

function rowOf(state: TeamState, row: TeamRow, index: number, { columns, size, context }: Look): Line {
  const { t, workAs } = context;
  const isSelected = index === state.selected;
  const mark = isSelected ? ' ▸' : '  ';
  if (row.kind === 'role') {
    const now = workAs?.[state.component.component] ?? { role: state.component.capacity.role };
    const text = `${mark} ${capacityWord(row.role, t)}${isSame(now, { role: row.role }) ? ` · ${t('iamis.team.now')}` : ''}`;
    return isSelected ? allAs(text, size.columns, 'selected') : text;
  }
  const { node, depth, counts } = row;
  const name = `${'  '.repeat(depth)}${sanitise(node.displayName || node.person)}`;
  const cells = [name, capacityWord(node.role, t), ...(counts === undefined ? [] : [...COUNTS.map((of) => String(counts[of])), progress(counts.sample - counts.remaining, counts.sample, barCells(size))])];
  const text = `${mark} ${tableRow(columns, cells)}`;
  return isSelected ? allAs(text, size.columns, 'selected') : text;
}

/** `█████░░░░░░░  45%`; nothing to review is no progress and no lack of it. */
export function progress(done: number, total: number, cells: number): string {
  if (total === 0) return '–';
  const filled = Math.floor((done / total) * cells);
  return `${'█'.repeat(filled)}${'░'.repeat(cells - filled)} ${String(Math.floor((100 * done) / total)).padStart(3)}%`;
}
