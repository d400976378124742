import { Inject, Injectable } from '@nestjs/common';
import { fold, kebabCase, moderation, type Moderation, type ModerationEvent, type ModerationRefusal } from '@portal/domain';
import type { Streams } from '@portal/event-store';
import { STREAMS } from '../../platform/tokens.js';
import type { Step } from './centre-marks-steps.js';
import type { Verdict, Verdicts } from './rows.js';

/** Judges a whole file before any of it is written: each command on what those before it would leave. */
@Injectable()
export class CentreMarksDraft {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  /** Whether anything would be recorded. */
  async judge(steps: readonly Step[], verdicts: Verdicts): Promise<boolean> {
    let moves = false;
    const states = new Map<string, Moderation>();
    const refused = new Set<string>();
    for (const step of steps) {
      const { stream } = step.cohort;
      // What is missing where rows were refused is said by those rows.
      if (step.command.type === 'SubmitCentreMarks' && refused.has(stream)) continue;
      const state = states.get(stream) ?? (await this.streams.load(moderation, stream)).state;
      const after = decided(step, state, verdicts);
      if (after === undefined) refused.add(stream);
      else moves ||= after.revision > state.revision;
      states.set(stream, after ?? state);
    }
    return moves;
  }
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
