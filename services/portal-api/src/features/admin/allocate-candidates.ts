import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AllocationRow, type ImportAnswer } from '@portal/contract';
import {
  candidateNames,
  candidateNamesKey,
  component as componentDecider,
  componentStream,
  fold,
  markSheet,
  markSheetStream,
  seriesOf,
  teams,
  type AllocateCandidates as AllocateOnSheet,
  type ComponentSettings,
  type MarkSheet,
  type MarkSheetRefusal,
} from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { refused, type Answer } from '../../platform/answer.js';
import { PersonNames } from '../../platform/person-names.js';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { FAILURES, refusedRow, rowContext, Verdicts, wellFormed, type Row } from './rows.js';

/** Gives candidates of an EMI component to examiners: rows of `CentreNo,CandidateNo,Examiner`. */
export class AllocateCandidates {
  constructor(
    readonly component: string,
    readonly rows: readonly unknown[],
    readonly dryRun: boolean,
    readonly context: CommandContext,
  ) {}
}

interface Allocation {
  readonly row: number;
  readonly centre: string;
  readonly candidate: string;
  readonly examiner: string;
}

@CommandHandler(AllocateCandidates)
export class AllocateCandidatesHandler implements ICommandHandler<AllocateCandidates, Answer<ImportAnswer>> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    private readonly views: Views,
    private readonly names: PersonNames,
  ) {}

  async execute({ component, rows, dryRun, context }: AllocateCandidates): Promise<Answer<ImportAnswer>> {
    const { state } = await this.streams.load(componentDecider, componentStream(component));
    if (state.settings === undefined) return refused({ reason: 'ComponentUnknown', component });
    await this.views.caughtUp();
    const verdicts = new Verdicts();
    const given = await this.resolved(wellFormed(AllocationRow, rows, verdicts), verdicts);
    await this.warn(component, given, verdicts);
    for (const [centre, allocations] of Map.groupBy(given, (one) => one.centre)) {
      const sheet = { component, centre, settings: state.settings };
      await this.allocate(sheet, allocations, { verdicts, context: dryRun ? 'dry-run' : context });
    }
    return verdicts.answer();
  }

  private async resolved(rows: readonly Row<AllocationRow>[], verdicts: Verdicts): Promise<readonly Allocation[]> {
    const accountOf = await this.names.accounts(rows.map(({ fields }) => fields.Examiner));
    const appointees = await this.names.appointees(rows.map(({ fields }) => accountOf(fields.Examiner)));
    return rows.flatMap(({ row, fields: { CentreNo: centre, CandidateNo: candidate, Examiner } }) => {
      const examiner = accountOf(Examiner);
      if (!/^\d{5}$/.test(centre)) verdicts.record(row, candidate, { field: 'CentreNo', reason: 'centre-unknown' });
      else if (examiner === undefined) verdicts.record(row, candidate, { field: 'Examiner', reason: 'person-unknown' });
      else if (!appointees.has(examiner)) verdicts.record(row, candidate, { field: 'Examiner', reason: 'role-unknown' });
      else return [{ row, centre, candidate, examiner }];
      return [];
    });
  }

  /** Who is not in the team, or has no name, may still come: what is allocated is told apart from what is known. */
  private async warn(component: string, given: readonly Allocation[], verdicts: Verdicts): Promise<void> {
    const keyOf = (centre: string): string => candidateNamesKey(seriesOf(component) ?? '', centre);
    const [placed, named] = await Promise.all([
      this.views.get(teams, component),
      this.views.many(candidateNames, given.map(({ centre }) => keyOf(centre))),
    ]);
    const members = new Set(placed?.members.map(({ person }) => person));
    for (const { row, centre, candidate, examiner } of given) {
      const isNamed = named.get(keyOf(centre))?.names[candidate] !== undefined;
      if (!members.has(examiner)) verdicts.warn(row, candidate, { field: 'Examiner', reason: 'not-in-team' });
      if (!isNamed) verdicts.warn(row, candidate, { field: 'CandidateNo', reason: 'candidate-unnamed' });
    }
  }

  /** Each row is judged on what the rows before it leave; what stands goes in as one command an examiner. */
  private async allocate(
    sheet: Sheet,
    allocations: readonly Allocation[],
    { verdicts, context }: { readonly verdicts: Verdicts; readonly context: CommandContext | 'dry-run' },
  ): Promise<void> {
    const stream = markSheetStream(sheet.component, sheet.centre);
    let { state } = await this.streams.load(markSheet, stream);
    const standing: Allocation[] = [];
    for (const one of allocations) {
      const decision = markSheet.decide(command(sheet, one.examiner, [one.candidate]), state);
      if ('refused' in decision) verdicts.record(one.row, one.candidate, refusedRow(decision.refused, fieldOf));
      else if (decision.accepted.length === 0) verdicts.record(one.row, one.candidate, 'unchanged');
      else standing.push(one);
      if ('accepted' in decision) state = fold<typeof decision.accepted[number], MarkSheet>(markSheet, decision.accepted, state);
    }
    for (const [examiner, theirs] of Map.groupBy(standing, (one) => one.examiner)) {
      const verdict = context === 'dry-run' ? 'accepted' : await this.record(stream, sheet, { examiner, theirs, context });
      for (const one of theirs) verdicts.record(one.row, one.candidate, verdict);
    }
  }

  private async record(
    stream: string,
    sheet: Sheet,
    { examiner, theirs, context }: { examiner: string; theirs: readonly Allocation[]; context: CommandContext },
  ) {
    const numbers = theirs.map((one) => one.candidate);
    const own = rowContext(context, `${sheet.centre}/${examiner}/${numbers[0]}`);
    const handled = await this.streams.handle(markSheet, stream, command(sheet, examiner, numbers), own);
    if (handled.kind === 'failed') return { field: 'row', reason: FAILURES[handled.reason] };
    return handled.kind === 'refused' ? refusedRow(handled.refusal, fieldOf) : 'accepted';
  }
}

interface Sheet {
  readonly component: string;
  readonly centre: string;
  readonly settings: ComponentSettings;
}

function command({ component, centre, settings }: Sheet, examiner: string, candidates: readonly string[]): AllocateOnSheet {
  const { maximum, halfMarks } = settings;
  return { type: 'AllocateCandidates', component, centre, examiner, maximum, halfMarks, candidates };
}

function fieldOf({ reason }: MarkSheetRefusal): string {
  return reason === 'SettingMalformed' || reason === 'MaximumBelowMark' ? 'component' : 'CandidateNo';
}
