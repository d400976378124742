import { Inject, Injectable } from '@nestjs/common';
import type { CentreMarkRow } from '@portal/contract';
import { fold, kebabCase, moderation, type Moderation, type ModerationEvent, type ModerationRefusal, type ReceiveCentreMarks, type SubmitCentreMarks } from '@portal/domain';
import { eventId, type CommandContext, type EventStore, type Streams } from '@portal/event-store';
import type { Cohort } from '../../platform/cohorts.js';
import { EVENT_STORE, STREAMS } from '../../platform/tokens.js';
import type { Row, Verdict, Verdicts } from './rows.js';

/** One command of a file, and the rows it stands for. */
export interface Step {
  /** Tells the commands of one file apart. */
  readonly name: string;
  readonly cohort: Cohort;
  readonly command: ReceiveCentreMarks | SubmitCentreMarks;
  readonly rows: readonly Row<CentreMarkRow>[];
}

/** The file sent again is the same commands; another file under its id is refused, as any other command is. */
export function ofFile(context: CommandContext, { name }: Step): CommandContext {
  return { ...context, commandId: eventId(context.commandId, name, 0) };
}

/** Judges a whole file before any of it is written: each command on what those before it would leave. */
@Injectable()
export class CentreMarksDraft {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(EVENT_STORE) private readonly events: EventStore,
  ) {}

  /** False where the id of the command stands for another file. */
  async judge(steps: readonly Step[], context: CommandContext, verdicts: Verdicts): Promise<boolean> {
    const states = new Map<string, Moderation>();
    const refused = new Set<string>();
    for (const step of steps) {
      const { stream } = step.cohort;
      // What is missing where rows were refused is said by those rows.
      if (step.command.type === 'SubmitCentreMarks' && refused.has(stream)) continue;
      const before = await this.recordedBefore(step, ofFile(context, step));
      if (before === 'another') return false;
      const state = states.get(stream) ?? (await this.streams.load(moderation, stream)).state;
      const after = before === 'same' ? unchanged(step, state, verdicts) : decided(step, state, verdicts);
      if (after === undefined) refused.add(stream);
      states.set(stream, after ?? state);
    }
    return true;
  }

  /** What was recorded then stands, whatever has happened since. */
  private async recordedBefore({ cohort }: Step, { commandId, request }: CommandContext): Promise<'same' | 'another' | undefined> {
    const read = await this.events.readStream(cohort.stream);
    const found = read.kind === 'found' ? read.events.find(({ metadata }) => metadata['commandId'] === commandId) : undefined;
    if (found === undefined) return undefined;
    return found.metadata['request'] === request ? 'same' : 'another';
  }
}

function unchanged({ command, rows }: Step, state: Moderation, verdicts: Verdicts): Moderation {
  if (command.type === 'ReceiveCentreMarks') for (const { row, fields } of rows) verdicts.record(row, fields.CandidateNo, 'unchanged');
  return state;
}

/** Undefined where it was refused. */
function decided(step: Step, state: Moderation, verdicts: Verdicts): Moderation | undefined {
  const decision = moderation.decide(step.command, state);
  if ('refused' in decision) {
    refuseRows(step, decision.refused, state, verdicts);
    return undefined;
  }
  const moved = new Set(decision.accepted.flatMap(receivedIn));
  const { command, rows } = step;
  if (command.type === 'ReceiveCentreMarks') {
    for (const { row, fields } of rows) verdicts.record(row, fields.CandidateNo, moved.has(fields.CandidateNo) ? 'accepted' : 'unchanged');
  }
  return fold(moderation, decision.accepted, state);
}

function receivedIn(event: ModerationEvent): readonly string[] {
  return event.type === 'CentreMarksReceived' ? event.data.candidates.map(({ candidate }) => candidate) : [];
}

/** Of a centre that is closed only what would change; of what was written wrong the rows themselves; else all of them. */
function refuseRows({ command, rows }: Step, refusal: ModerationRefusal, state: Moderation, verdicts: Verdicts): void {
  const no = (at: number, verdict: Verdict): void => {
    const given = rows[at];
    if (given !== undefined) verdicts.record(given.row, given.fields.CandidateNo, verdict);
  };
  if (refusal.reason === 'RowsRefused') {
    for (const { row, field, why } of refusal.rows) no(row, { field, reason: kebabCase(why) });
    return;
  }
  const verdict = { field: FIELDS[refusal.reason] ?? 'component', reason: kebabCase(refusal.reason) };
  if (command.type === 'SubmitCentreMarks') return no(0, verdict);
  command.rows.forEach((row, at) => {
    if ('refused' in moderation.decide({ ...command, rows: [row] }, state)) no(at, verdict);
  });
}

const FIELDS: Partial<Record<ModerationRefusal['reason'], string>> = {
  CentreUnknown: 'CentreNo',
  CentreMarksLocked: 'CentreNo',
  CentreMarksMissing: 'CentreNo',
};
