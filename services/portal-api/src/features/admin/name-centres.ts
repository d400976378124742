import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CentreRow, type ImportAnswer } from '@portal/contract';
import { centre, centreStream, type CentreRefusal, type NameCentre } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { plainText } from '../../platform/http/plain-text.js';
import { STREAMS } from '../../platform/tokens.js';
import { carryOut, rowContext, Verdicts, wellFormed } from './rows.js';

/** Says what centres are called: rows of `CentreNo,Name[,Consortium]`. */
export class NameCentres {
  constructor(
    readonly rows: readonly unknown[],
    readonly dryRun: boolean,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(NameCentres)
export class NameCentresHandler implements ICommandHandler<NameCentres, ImportAnswer> {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  async execute({ rows, dryRun, context }: NameCentres): Promise<ImportAnswer> {
    const verdicts = new Verdicts();
    const outcomes = wellFormed(CentreRow, rows, verdicts).map(async ({ row, fields }) => {
      const consortium = plainText(fields.Consortium ?? '');
      const named = { centre: fields.CentreNo, name: plainText(fields.Name), ...(consortium !== '' && { consortium }) };
      const command: NameCentre = { type: 'NameCentre', ...named };
      const own = dryRun ? 'dry-run' : rowContext(context, Object.values(named).join('/'));
      const stream = centreStream(fields.CentreNo);
      verdicts.record(row, null, await carryOut(this.streams, { decider: centre, stream, command, fieldOf }, own));
    });
    await Promise.all(outcomes);
    return verdicts.answer();
  }
}

function fieldOf(refusal: CentreRefusal): string {
  return refusal.reason === 'SettingMalformed' ? refusal.field : 'CentreNo';
}
