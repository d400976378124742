import type { Capacity, IamisCentre, IamisSummary, TeamNode } from '@portal/contract';
import type { Sentence } from '../../platform/screen.js';
import type { WorkAs } from '../../platform/work-as.js';

export interface TeamState {
  readonly component: IamisSummary;
  /** Opened to change the capacity: the cursor begins on the roles. */
  readonly isWorkAs: boolean;
  readonly rows: readonly TeamRow[] | undefined;
  readonly selected: number;
  readonly problem: Sentence | undefined;
}

/** A role held on the component, or somebody of the team with what is theirs and their team's. */
export type TeamRow =
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'member'; readonly node: TeamNode; readonly depth: number; readonly counts: TeamCounts };

export interface TeamCounts {
  readonly centres: number;
  readonly sample: number;
  readonly remaining: number;
  readonly reports: number;
}

export const SENIORS = ['team-leader', 'principal', 'chair'];

interface Read {
  readonly roots: readonly TeamNode[];
  readonly centres: readonly IamisCentre[];
  readonly held: readonly Capacity[];
}

export function rowsOf({ roots, centres, held }: Read, component: string): readonly TeamRow[] {
  const roles = [...new Set(held.filter((one) => one.component === component).map(({ role }) => role))];
  return [...roles.map((role): TeamRow => ({ kind: 'role', role })), ...roots.flatMap((node) => membersOf(node, 0, centres))];
}

function membersOf(node: TeamNode, depth: number, centres: readonly IamisCentre[]): readonly TeamRow[] {
  const people = new Set(peopleOf(node));
  const own = centres.filter(({ moderator }) => people.has(moderator));
  const counts: TeamCounts = {
    centres: own.length,
    sample: own.reduce((sum, { sample }) => sum + sample, 0),
    remaining: own.reduce((sum, { remaining }) => sum + remaining, 0),
    reports: own.filter(({ reportCompleted }) => reportCompleted).length,
  };
  return [{ kind: 'member', node, depth, counts }, ...node.members.flatMap((one) => membersOf(one, depth + 1, centres))];
}

function peopleOf(node: TeamNode): readonly string[] {
  return [node.person, ...node.members.flatMap(peopleOf)];
}

/** As whom one would work from this row on; a string says why not. */
export function chosenAt(state: TeamState): WorkAs | string {
  const row = state.rows?.[state.selected];
  if (row === undefined) return 'why.loading';
  if (row.kind === 'role') return { role: row.role };
  const held = (state.rows ?? []).flatMap((one) => (one.kind === 'role' ? [one.role] : []));
  const { role: now } = state.component.capacity;
  const role = SENIORS.includes(now) ? now : held.findLast((one) => SENIORS.includes(one));
  return role === undefined ? 'iamis.why.not-senior' : { role, member: row.node.person };
}
