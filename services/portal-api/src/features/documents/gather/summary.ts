import type { MarkingCounts, ModeratingCounts, SummaryModel } from '@portal/documents';
import { columnsOf, deadlineOf, isRemaining, type Moderation, type SheetRow } from '@portal/domain';
import { memberOf, roleOf } from '../../../platform/capacity.js';
import { centreShown, readComponent } from './component.js';
import { moderationsOf } from './moderations.js';
import { subjectOf } from './part.js';
import type { Reading } from './reading.js';
import type { DocumentRequest, Sources } from './request.js';
import { sheetsOf } from './sheets.js';

/** The counts of the page, from the streams themselves: as they stood, and of the same moment all of them. */
export async function gatherSummary(request: DocumentRequest, sources: Sources, reading: Reading): Promise<SummaryModel> {
  const { state, settings, shown } = await readComponent(reading, request.component);
  const member = memberOf(request.capacity);
  const counted = settings.kind === 'EMI' ? await marking(request, sources, reading) : await moderating(request, sources, reading);
  return {
    kind: 'summary',
    language: request.language,
    component: shown,
    person: await sources.names.display(request.account),
    role: roleOf(request.capacity),
    ...(member !== undefined && { member: await sources.names.display(member) }),
    deadline: deadlineOf(state, subjectOf(request)) ?? settings.deadline,
    ...counted,
    source: await reading.source(),
  };
}

type Counted = Pick<SummaryModel, 'counts' | 'centres'>;

async function marking(request: DocumentRequest, sources: Sources, reading: Reading): Promise<Counted> {
  const sheets = await sheetsOf(reading, request, sources);
  const centres = await reading.each(sheets, async ({ centre, rows }) => ({ ...(await centreShown(sources, centre)), counts: markingCounts(rows) }));
  return { centres, counts: markingCounts(sheets.flatMap(({ rows }) => rows)) };
}

function markingCounts(rows: readonly SheetRow[]): MarkingCounts {
  const inState = (state: SheetRow['state']): number => rows.filter((row) => row.state === state).length;
  return {
    of: 'marking',
    allocated: rows.length,
    left: inState('blank'),
    outstanding: inState('outstanding'),
    entered: inState('entered'),
    submitted: inState('submitted'),
  };
}

async function moderating(request: DocumentRequest, sources: Sources, reading: Reading): Promise<Counted> {
  const found = await moderationsOf(reading, request, sources);
  const told = await reading.each(found, ({ state }) => state.centres.map((centre) => ({ centre, standing: standingAt(state, centre) })));
  const standings = told.flat().toSorted((a, b) => (a.centre < b.centre ? -1 : 1));
  const centres = await reading.each(standings, async ({ centre, standing }) => {
    return { ...(await centreShown(sources, centre)), counts: { of: 'moderating', ...columnsOf(standing) } satisfies ModeratingCounts };
  });
  const all = standings.reduce((sum, { standing }) => added(sum, standing), NOTHING);
  return { centres, counts: { of: 'moderating', ...columnsOf(all) } };
}

/** One of a consortium, told apart: the shared report counts for each of its centres. */
function standingAt(state: Moderation, centre: string): Standing {
  const own = [...state.candidates.values()].filter((one) => one.centre === centre);
  return {
    centres: 1,
    sample: own.filter(({ isSampled }) => isSampled).length,
    reports: state.report?.isCompleted === true ? 1 : 0,
    remaining: own.filter(isRemaining).length,
    entered: own.length,
    cfAbs: own.filter(({ mark }) => typeof mark !== 'number').length,
  };
}

type Standing = Parameters<typeof columnsOf>[0];

const NOTHING: Standing = { centres: 0, sample: 0, reports: 0, remaining: 0, entered: 0, cfAbs: 0 };

const added = (one: Standing, other: Standing): Standing => ({
  centres: one.centres + other.centres,
  sample: one.sample + other.sample,
  reports: one.reports + other.reports,
  remaining: one.remaining + other.remaining,
  entered: one.entered + other.entered,
  cfAbs: one.cfAbs + other.cfAbs,
});
