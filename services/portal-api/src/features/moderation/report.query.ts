import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CentreReport as Report } from '@portal/contract';
import type { Answer } from '../../platform/answer.js';
import { FreeTexts } from '../../platform/free-texts.js';
import type { Part } from '../../platform/parts.js';
import type { OnCentre } from './moderation-commands.js';
import { ModerationStream } from './moderation-stream.js';

/** The report to a centre, word for word; empty before there is one, and where it was erased. */
export class CentreReport {
  constructor(
    readonly at: OnCentre,
    readonly part: Part,
  ) {}
}

@QueryHandler(CentreReport)
export class CentreReportHandler implements IQueryHandler<CentreReport, Answer<Report>> {
  constructor(
    private readonly streams: ModerationStream,
    private readonly texts: FreeTexts,
  ) {}

  async execute({ at, part }: CentreReport): Promise<Answer<Report>> {
    const found = await this.streams.read(at, part);
    if (!('events' in found)) return found;
    const { texts, isCompleted } = found.state.report ?? { texts: { language: 'en' as const }, isCompleted: false };
    const [accuracy, administration, tasks, comments] = await Promise.all([
      this.texts.read(texts.accuracy),
      this.texts.read(texts.administration),
      this.texts.read(texts.tasks),
      this.texts.read(texts.comments),
    ]);
    return { language: texts.language, accuracy, administration, tasks, comments, isCompleted };
  }
}
