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

/**
 * A role held on the component, or somebody of the team with what is theirs and their team's: counted only where one sees
 * all of it.
 */
export type TeamRow =
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'member'; readonly node: TeamNode; readonly depth: number; readonly counts: TeamCounts | undefined };

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
  /** Who asks. */
  readonly person: string;
}

export function rowsOf(read: Read, { component, capacity }: IamisSummary): readonly TeamRow[] {
  const roles = [...new Set(read.held.filter((one) => one.component === component).map(({ role }) => role))];
  const seesAll = capacity.role === 'principal' || capacity.role === 'chair';
  const members = read.roots.flatMap((node) => membersOf(node, { ...read, depth: 0, isSeen: seesAll }));
  return [...roles.map((role): TeamRow => ({ kind: 'role', role })), ...members];
}

interface Below extends Read {
  readonly depth: number;
  readonly isSeen: boolean;
}

function membersOf(node: TeamNode, below: Below): readonly TeamRow[] {
  const { depth } = below;
  const isSeen = below.isSeen || node.person === below.person;
  const counts = isSeen ? countsOf(node, below.centres) : undefined;
  return [{ kind: 'member', node, depth, counts }, ...node.members.flatMap((one) => membersOf(one, { ...below, depth: depth + 1, isSeen }))];
}

function countsOf(node: TeamNode, centres: readonly IamisCentre[]): TeamCounts {
  const people = new Set(peopleOf(node));
  const own = centres.filter(({ moderator }) => people.has(moderator));
  return {
    centres: own.length,
    sample: own.reduce((sum, { sample }) => sum + sample, 0),
    remaining: own.reduce((sum, { remaining }) => sum + remaining, 0),
    reports: own.filter(({ reportCompleted }) => reportCompleted).length,
  };
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
