import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CandidateRow, type ImportAnswer } from '@portal/contract';
import { candidate, candidateNames, candidateNamesKey, candidateStream, centres, type RegisterCandidate } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { IDS, type Ids } from '../../platform/ids.js';
import { plainText } from '../../platform/http/plain-text.js';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { carryOut, rowContext, Verdicts, wellFormed, type Row, type Verdict } from './rows.js';

/** Records who the candidates are: rows of `Series,CentreNo,CandidateNo,UCI,Name`, each in an erasable stream. */
export class RegisterCandidates {
  constructor(
    readonly rows: readonly unknown[],
    readonly dryRun: boolean,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(RegisterCandidates)
export class RegisterCandidatesHandler implements ICommandHandler<RegisterCandidates, ImportAnswer> {
  /** One import at a time: (series, centre, number) is one person, and the view must have seen the file before. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(IDS) private readonly ids: Ids,
    private readonly views: Views,
  ) {}

  execute(command: RegisterCandidates): Promise<ImportAnswer> {
    const run = this.last.then(() => this.register(command));
    this.last = run.catch(() => undefined);
    return run;
  }

  private async register({ rows, dryRun, context }: RegisterCandidates): Promise<ImportAnswer> {
    await this.views.caughtUp();
    const verdicts = new Verdicts();
    const fresh = new Map<string, string>();
    const outcomes = wellFormed(CandidateRow, rows, verdicts).map(async (row) => {
      const verdict = await this.one(row, fresh, dryRun ? 'dry-run' : context);
      verdicts.record(row.row, row.fields.CandidateNo, verdict);
      if (this.views.get(centres, row.fields.CentreNo) === undefined) {
        verdicts.warn(row.row, row.fields.CandidateNo, { field: 'CentreNo', reason: 'centre-unnamed' });
      }
    });
    await Promise.all(outcomes);
    return verdicts.answer();
  }

  private one({ fields }: Row<CandidateRow>, fresh: Map<string, string>, context: CommandContext | 'dry-run'): Promise<Verdict> {
    const { Series: series, CentreNo: centre, CandidateNo: number, UCI: uci } = fields;
    const key = `${series}/${centre}/${number}`;
    const known = this.views.get(candidateNames, candidateNamesKey(series, centre))?.names[number]?.id;
    const id = known ?? fresh.get(key) ?? this.ids.random();
    fresh.set(key, id);
    const about = { id, series, centre, candidate: number, name: plainText(fields.Name), ...(uci ? { uci } : {}) };
    const command: RegisterCandidate = { type: 'RegisterCandidate', ...about };
    const own = context === 'dry-run' ? context : rowContext(context, `${key}/${fields.Name}/${uci ?? ''}`);
    const row = { decider: candidate, stream: candidateStream(id), command, fieldOf: ({ field }: { field: string }) => field };
    return carryOut(this.streams, row, own);
  }
}
