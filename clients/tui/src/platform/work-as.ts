import { withLock } from './paths/file-lock.js';
import { readJsonIfThere, writePrivately } from './paths/private-files.js';

/**
 * The capacity in which a person works on a component, as the next start and the next command take it up. Two windows
 * of one person may differ: each holds its own, and this file is only where they begin. The service judges every use.
 */
export interface WorkAs {
  readonly role: string;
  /** User name of the team member whose part is looked at. */
  readonly member?: string;
}

/** Whose capacity, and where. */
export interface WorkAsPlace {
  readonly server: string;
  /** An account id. */
  readonly account: string;
  /** The full id `CODE@YYYY-MM`; reading finds it by the bare code too, while one series alone is kept. */
  readonly component: string;
}

export function readWorkAs(file: string, { account, ...place }: WorkAsPlace): WorkAs | undefined {
  const kept = keptAt(entriesOf(file).filter(one => one.account === account), place);
  return kept && { role: kept.role, ...(kept.member !== undefined && { member: kept.member }) };
}

/** Whether anybody of this file has something kept there: whose account it is need not be asked where nobody has. */
export function isWorkAsKept(file: string, place: Omit<WorkAsPlace, 'account'>): boolean {
  return keptAt(entriesOf(file), place) !== undefined;
}

/** Undefined forgets it: the lowest role is then the capacity, as the service has it. */
export async function keepWorkAs(file: string, place: WorkAsPlace, capacity: WorkAs | undefined): Promise<void> {
  const { server, account, component } = place;
  await withLock(`${file}.lock`, async () => {
    const others = entriesOf(file).filter(
      one => one.server !== server || one.account !== account || one.component !== component,
    );
    const entries = capacity === undefined ? others : [...others, { server, account, component, ...capacity }];
    await writePrivately(file, `${JSON.stringify(entries, undefined, 2)}\n`);
  });
}

/** As it travels with a request. */
export function headerOf({ role, member }: WorkAs): string {
  return member === undefined ? role : `${role}; member=${member}`;
}

/** What cannot stand in a header was never a capacity. */
export function isCapacity({ role, member }: WorkAs): boolean {
  return /^[a-z-]{1,20}$/.test(role) && (member === undefined || /^[\x21-\x7e]{1,200}$/.test(member));
}

type Entry = WorkAsPlace & WorkAs;

/** People edit files: what is not an entry is passed over. */
function entriesOf(file: string): readonly Entry[] {
  const kept = readJsonIfThere<unknown>(file);
  return Array.isArray(kept) ? kept.filter(isEntry) : [];
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { server, account, component, role, member } = value as Record<string, unknown>;
  const areTexts = [server, account, component, role, member ?? ''].every(one => typeof one === 'string');
  return areTexts && isCapacity(value as Entry);
}

function keptAt(entries: readonly Entry[], { server, component }: Omit<WorkAsPlace, 'account'>): Entry | undefined {
  const here = entries.filter(one => one.server === server);
  const named = here.find(one => one.component === component);
  if (named !== undefined || component.includes('@')) return named;
  const inSeries = here.filter(one => one.component.startsWith(`${component}@`));
  // Of several series the service says itself that the code alone is not enough.
  return inSeries.length === 1 ? inSeries[0] : undefined;
}
