import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded, SaveReport as Wanted } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { plainLines } from '../../platform/http/plain-text.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** The report to the centre, as a draft or completed; each of its fields is a text of its own. */
export class SaveReport {
  constructor(
    readonly at: OnCentre,
    readonly wanted: Wanted,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(SaveReport)
export class SaveReportHandler implements ICommandHandler<SaveReport, Answer<IamisRecorded>> {
  constructor(private readonly commands: ModerationCommands) {}

  async execute({ at, wanted: { language, complete, ...fields }, context }: SaveReport): Promise<Answer<IamisRecorded>> {
    const written = Object.entries(fields).flatMap(([name, text]) => {
      const words = plainLines(text);
      return words === '' ? [] : [[name, this.commands.said(words, context, `report/${name}`)] as const];
    });
    const references = Object.fromEntries(written.map(([name, { reference }]) => [name, reference]));
    const type = complete === true ? 'CompleteReport' : 'SaveReport';
    const said = written.map(([, one]) => one);
    return this.commands.run(at, { type, report: { language, ...references } }, context, said);
  }
}
