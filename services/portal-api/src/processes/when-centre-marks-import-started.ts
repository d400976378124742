import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { importStream, openImports } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { FinishCentreMarksImport } from '../features/admin/finish-centre-marks-import.js';
import { log } from '../platform/logging.js';
import { EVENT_STORE } from '../platform/tokens.js';
import { Views } from '../platform/views.js';
import { contextOf, isOlder } from './context-of.js';

/** A file of centre marks that was begun is finished: nothing stays half imported, whatever ended in the middle. */
@Injectable()
export class WhenCentreMarksImportStarted {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: Views,
    private readonly commands: CommandBus,
  ) {}

  /** Of those that were started longer ago than this. */
  async run(olderThanMs = 0): Promise<void> {
    for (const { import: id } of await this.views.list(openImports, '')) {
      const read = await this.store.readStream(importStream(id), { limit: 1 });
      const [started] = read.kind === 'found' ? read.events : [];
      if (started === undefined || !isOlder(started, olderThanMs)) continue;
      const answer = await this.commands.execute<FinishCentreMarksImport, object>(new FinishCentreMarksImport(id, contextOf(started)));
      log.info({ import: id, finished: 'submitted' in answer }, 'an import left unfinished was taken up');
    }
  }
}
