/** How an event moves the counts of a moderator: the arithmetic behind every row of "Moderator Mark Input". */
import type { CentreMark } from '../adjustment/outcome.js';
import type { ModerationEvent, Standing } from '../moderation/events.js';
import type { PortalEvent } from '../streams.js';

/** The columns of the table, in its order and by the names that scripts know. */
export interface IamisCounts {
  readonly totalCentres: number;
  readonly totalSampleCandidates: number;
  readonly totalReportsCompleted: number;
  /** Sampled candidates to whom a moderator mark may yet be given. */
  readonly reviewRemaining: number;
  readonly totalEntered: number;
  readonly totalCfAbs: number;
  readonly totalNewMarks: number;
}

export interface Move {
  readonly account: string;
  readonly by: Standing;
}

export const MODERATION_COUNTED = [
  'ModeratorAllocated',
  'ModeratorReallocated',
  'CentreMarksReceived',
  'SampleDrawn',
  'ModeratorMarkEntered',
  'ModeratorMarkCleared',
  'WorkNotReceived',
  'WorkReceived',
  'SampleCandidateReplaced',
  'FurtherSampleDrawn',
  'CentreMarkAmended',
  'LateCentreMarkReceived',
  'CentreReportCompleted',
  'CentreReportReopened',
  'CentreMarksReturned',
] as const satisfies readonly ModerationEvent['type'][];

export const NO_STANDING: Standing = { centres: 0, sample: 0, reports: 0, remaining: 0, entered: 0, cfAbs: 0 };
const NAMES = Object.keys(NO_STANDING) as (keyof Standing)[];

/** Whose counts the event moves, and by how much; a centre that nobody has moves nobody's. */
export function movesOf(event: PortalEvent): readonly Move[] {
  if (event.type === 'ModeratorAllocated') return [{ account: event.data.moderator, by: event.data.standing }];
  if (event.type === 'ModeratorReallocated') {
    const { from, to, standing } = event.data;
    if (from === to) return [];
    return [
      { account: from, by: added(NO_STANDING, standing, -1) },
      { account: to, by: standing },
    ];
  }
  const change = changeOf(event);
  if (change === undefined || !('moderator' in event.data) || event.data.moderator === undefined) return [];
  const by = added(NO_STANDING, { ...NO_STANDING, ...change });
  return isNothing(by) ? [] : [{ account: event.data.moderator, by }];
}

export function added(one: Standing, other: Standing, times = 1): Standing {
  return Object.fromEntries(NAMES.map((name) => [name, one[name] + times * other[name]])) as unknown as Standing;
}

export function isNothing(standing: Standing): boolean {
  return NAMES.every((name) => standing[name] === 0);
}

/** A carried-forward or absent candidate is entered, and has no new mark. */
export function columnsOf({ centres, sample, reports, remaining, entered, cfAbs }: Standing): IamisCounts {
  return {
    totalCentres: centres,
    totalSampleCandidates: sample,
    totalReportsCompleted: reports,
    reviewRemaining: remaining,
    totalEntered: entered,
    totalCfAbs: cfAbs,
    totalNewMarks: entered - cfAbs,
  };
}

/** What the event does to the counts of its centre, whoever has it; undefined where it does nothing. */
export function changeOf(event: PortalEvent): Partial<Standing> | undefined {
  switch (event.type) {
    case 'CentreMarksReceived':
      return receivedBy(event.data.candidates);
    case 'SampleDrawn':
    case 'FurtherSampleDrawn':
      return { sample: event.data.candidates.length, remaining: event.data.candidates.length };
    case 'ModeratorMarkEntered':
    case 'WorkNotReceived':
      return { remaining: -1 };
    case 'ModeratorMarkCleared':
    case 'WorkReceived':
      return { remaining: 1 };
    case 'SampleCandidateReplaced':
      return { remaining: event.data.was === 'not-received' ? 1 : 0 };
    case 'CentreMarkAmended':
      return { cfAbs: codes(event.data.to) - codes(event.data.from) };
    case 'LateCentreMarkReceived':
      return { entered: 1, cfAbs: codes(event.data.mark) };
    case 'CentreReportCompleted':
      return { reports: event.data.centres };
    case 'CentreReportReopened':
      return { reports: -event.data.centres };
    case 'CentreMarksReturned':
      return added(NO_STANDING, { ...NO_STANDING, ...event.data.voided }, -1);
    default:
      return undefined;
  }
}

function receivedBy(candidates: readonly { readonly mark: CentreMark; readonly from?: CentreMark }[]): Partial<Standing> {
  let [entered, cfAbs] = [0, 0];
  for (const { mark, from } of candidates) {
    if (from === undefined) entered += 1;
    else cfAbs -= codes(from);
    cfAbs += codes(mark);
  }
  return { entered, cfAbs };
}

function codes(mark: CentreMark): number {
  return typeof mark === 'number' ? 0 : 1;
}
