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
    const given = wellFormed(CandidateRow, rows, verdicts);
    const [ids, named] = await Promise.all([this.known(given), this.views.many(centres, given.map(({ fields }) => fields.CentreNo))]);
    const outcomes = given.map(async (row) => {
      const verdict = await this.one(row, ids, dryRun ? 'dry-run' : context);
      verdicts.record(row.row, row.fields.CandidateNo, verdict);
      if (!named.has(row.fields.CentreNo)) {
        verdicts.warn(row.row, row.fields.CandidateNo, { field: 'CentreNo', reason: 'centre-unnamed' });
      }
    });
    await Promise.all(outcomes);
    return verdicts.answer();
  }

  /** The id of everybody in the file, a new one where nobody has that number yet. */
  private async known(given: readonly Row<CandidateRow>[]): Promise<(fields: CandidateRow) => string> {
    const names = await this.views.many(candidateNames, given.map(({ fields }) => candidateNamesKey(fields.Series, fields.CentreNo)));
    const ids = new Map<string, string>();
    return ({ Series: series, CentreNo: centre, CandidateNo: number }) => {
      const key = keyOf(series, centre, number);
      const id = names.get(candidateNamesKey(series, centre))?.names[number]?.id ?? ids.get(key) ?? this.ids.random();
      ids.set(key, id);
      return id;
    };
  }

  private one({ fields }: Row<CandidateRow>, idOf: (fields: CandidateRow) => string, context: CommandContext | 'dry-run'): Promise<Verdict> {
    const { Series: series, CentreNo: centre, CandidateNo: number, UCI: uci } = fields;
    const about = { id: idOf(fields), series, centre, candidate: number, name: plainText(fields.Name), ...(uci ? { uci } : {}) };
    const command: RegisterCandidate = { type: 'RegisterCandidate', ...about };
    const own = context === 'dry-run' ? context : rowContext(context, `${keyOf(series, centre, number)}/${fields.Name}/${uci ?? ''}`);
    const row = { decider: candidate, stream: candidateStream(about.id), command, fieldOf: ({ field }: { field: string }) => field };
    return carryOut(this.streams, row, own);
  }
}

const keyOf = (series: string, centre: string, number: string): string => `${series}/${centre}/${number}`;
