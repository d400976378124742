/** The centre's marks: received and corrected until they are submitted, and open again when they are returned. */
import type { CentreMark } from '../adjustment/outcome.js';
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { MarkRefusal } from '../mark.js';
import { inPoints, inUnit, parseMark } from '../mark.js';
import type { MarkScale } from '../mark.js';
import { isTextReference } from '../text.js';
import { unsuitableCentres } from './allocating.js';
import { candidateAt, hasNewMark, isNumber } from './candidates.js';
import type { CentreMarkRow, CommandOf, ReceiveCentreMarks, SubmitCentreMarks } from './commands.js';
import { firstSample } from './drawing.js';
import type { ModerationEvent } from './events.js';
import { unitOf, whose } from './ownership.js';
import type { ModerationRefusal, RowRefused } from './refusal.js';
import type { Moderation } from './state.js';
import { standingOf } from './state.js';

type Decided = Decision<ModerationEvent, ModerationRefusal>;

export function receiveCentreMarks(command: ReceiveCentreMarks, state: Moderation): Decided {
  const { component, centres, centre, halfMarks, rows } = command;
  const maximum = inUnit(command.maximum, halfMarks);
  const unsuitable = unsuitableCentres(state, centres) ?? unsuitableScale(command, maximum, state);
  if (unsuitable !== undefined) return refuse(unsuitable);
  const read = readRows(rows, { maximum: command.maximum, halfMarks });
  if ('refused' in read) return refuse({ reason: 'RowsRefused', rows: read.refused });
  const candidates = read.rows.flatMap((row) => changedRow(state, centre, row));
  const isRescaled = state.candidates.size > 0 && (state.maximum !== maximum || state.halfMarks !== halfMarks);
  if (candidates.length === 0 && !isRescaled) return accept();
  if (state.marksSubmitted) return refuse({ reason: 'CentreMarksLocked' });
  const unit = halfMarks ? { unit: 'half' as const } : {};
  const data = { component, centres, centre, maximum, halfMarks, candidates, ...whose(state), ...unit };
  return accept({ type: 'CentreMarksReceived', data });
}

/** Closes the marks of all centres of the stream and draws the sample, or finds nothing to draw from. */
export function submitCentreMarks(command: SubmitCentreMarks, state: Moderation): Decided {
  if (state.marksSubmitted) return accept();
  const present = new Set([...state.candidates.values()].map(({ centre }) => centre));
  const missing = state.centres.filter((centre) => !present.has(centre));
  if (present.size === 0 || missing.length > 0) return refuse({ reason: 'CentreMarksMissing', centres: missing });
  if (command.seed === '') return refuse({ reason: 'SettingMalformed', field: 'seed' });
  const { entered, cfAbs } = standingOf(state);
  const submitted = { type: 'CentreMarksSubmitted', data: { entered, cfAbs, ...whose(state) } } as const;
  return accept(submitted, firstSample(command, state));
}

export function returnCentreMarks(command: CommandOf<'ReturnCentreMarks'>, state: Moderation): Decided {
  const { reason } = command;
  if (state.said.has(reason.text)) return accept();
  if (!isTextReference(reason)) return refuse({ reason: 'SettingMalformed', field: 'reason' });
  if (!state.marksSubmitted) return refuse({ reason: 'CentreMarksOpen' });
  if (state.approved) return refuse({ reason: 'ModerationLocked', state: 'approved' });
  const { sample, reports, remaining } = standingOf(state);
  const data = { reason, voided: { sample, reports, remaining }, ...whose(state) };
  return accept({ type: 'CentreMarksReturned', data });
}

/** `ABS`, `CF` or a mark, in the unit of the component. */
export function readCentreMark(
  typed: string,
  scale: MarkScale,
): { readonly parsed: CentreMark } | { readonly refused: MarkRefusal } {
  if (typed === 'CF') return { parsed: 'CF' };
  const mark = parseMark(typed, scale);
  if ('refused' in mark) return mark;
  return mark.parsed === 'CLEAR' ? { refused: { reason: 'MarkMalformed', typed } } : { parsed: mark.parsed };
}

/** A code and not a name: events are for ever. */
export function isTeachingGroup(text: string): boolean {
  return /^[A-Za-z0-9./ -]{0,12}$/.test(text);
}

interface Row {
  readonly candidate: string;
  readonly mark: CentreMark;
  readonly teachingGroup: string;
}

function readRows(
  rows: readonly CentreMarkRow[],
  scale: MarkScale,
): { readonly rows: readonly Row[] } | { readonly refused: readonly RowRefused[] } {
  const refused: RowRefused[] = [];
  const read: Row[] = [];
  const seen = new Set<string>();
  rows.forEach(({ candidate, typed, teachingGroup = '' }, row) => {
    const mark = readCentreMark(typed, scale);
    const no = (field: RowRefused['field'], why: RowRefused['why']): unknown => refused.push({ row, candidate, field, why });
    if (!isNumber(candidate)) no('CandidateNo', 'CandidateUnknown');
    else if (seen.has(candidate)) no('CandidateNo', 'CandidateRepeated');
    else if ('refused' in mark) no('Mark', mark.refused.reason);
    else if (!isTeachingGroup(teachingGroup)) no('TeachingGroup', 'SettingMalformed');
    else read.push({ candidate, mark: mark.parsed, teachingGroup });
    seen.add(candidate);
  });
  return refused.length > 0 ? { refused } : { rows: read };
}

type Received = Extract<ModerationEvent, { readonly type: 'CentreMarksReceived' }>['data']['candidates'][number];

/** As it stands in the event, or nothing where it stands already. */
function changedRow(state: Moderation, centre: string, { candidate, mark, teachingGroup }: Row): readonly Received[] {
  const before = candidateAt(state.candidates, { centre, candidate });
  if (before !== undefined && before.mark === mark && before.teachingGroup === teachingGroup) return [];
  const from = before === undefined ? {} : { from: before.mark };
  return [{ candidate, mark, ...from, ...(teachingGroup !== '' && { teachingGroup }) }];
}

function unsuitableScale(
  { centre, centres, halfMarks }: ReceiveCentreMarks,
  maximum: number,
  state: Moderation,
): ModerationRefusal | undefined {
  if (!centres.includes(centre)) return { reason: 'CentreUnknown', centre };
  if (!Number.isSafeInteger(maximum) || maximum < 1) return { reason: 'SettingMalformed', field: 'maximum' };
  const marks = [...state.candidates.values()].filter(hasNewMark).map(({ mark }) => mark);
  if (marks.length === 0) return undefined;
  if (unitOf(state).unit !== (halfMarks ? 'half' : undefined)) return { reason: 'SettingMalformed', field: 'halfMarks' };
  const highest = Math.max(...marks);
  return highest > maximum ? { reason: 'MaximumBelowMark', highest: Number(inPoints(highest, halfMarks)) } : undefined;
}
