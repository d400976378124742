import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CentreMarkChange } from '@portal/contract';
import { centreMarkChanges } from '@portal/domain';
import type { Answer } from '../../platform/answer.js';
import { FreeTexts } from '../../platform/free-texts.js';
import type { Part } from '../../platform/parts.js';
import { PersonNames } from '../../platform/person-names.js';
import type { OnCentre } from './moderation-commands.js';
import { ModerationStream } from './moderation-stream.js';
import { shownMark } from './verdict.js';

/** What was asked to change among a centre's marks, and what became of it, oldest first. */
export class CentreChanges {
  constructor(
    readonly at: OnCentre,
    readonly part: Part,
  ) {}
}

@QueryHandler(CentreChanges)
export class CentreChangesHandler implements IQueryHandler<CentreChanges, Answer<readonly CentreMarkChange[]>> {
  constructor(
    private readonly streams: ModerationStream,
    private readonly names: PersonNames,
    private readonly texts: FreeTexts,
  ) {}

  async execute({ at, part }: CentreChanges): Promise<Answer<readonly CentreMarkChange[]>> {
    const found = await this.streams.read(at, part);
    if (!('events' in found)) return found;
    const shown = centreMarkChanges(found.events).map(async ({ from, to, by, reason, ...change }) => ({
      ...change,
      from: shownMark(from),
      to,
      by: await this.names.display(by),
      reason: await this.texts.read(reason),
    }));
    return Promise.all(shown);
  }
}
