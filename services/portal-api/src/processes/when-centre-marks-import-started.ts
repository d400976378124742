import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { importStream, openImports } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { FinishCentreMarksImport } from '../features/admin/finish-centre-marks-import.js';
import { log } from '../platform/logging.js';
import { EVENT_STORE } from '../platform/tokens.js';
import { Views } from '../platform/views.js';
import { contextOf, isOlder } from './context-of.js';
import { eachOnItsOwn } from './each-on-its-own.js';

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
    const open = await this.views.list(openImports, '');
    await eachOnItsOwn('import', open.map((one) => one.import), (id) => this.#finish(id, olderThanMs));
  }

  async #finish(id: string, olderThanMs: number): Promise<void> {
    const read = await this.store.readStream(importStream(id), { limit: 1 });
    const [started] = read.kind === 'found' ? read.events : [];
    if (started === undefined || !isOlder(started, olderThanMs)) return;
    const answer = await this.commands.execute<FinishCentreMarksImport, object>(new FinishCentreMarksImport(id, contextOf(started)));
    log.info({ import: id, finished: 'submitted' in answer }, 'an import left unfinished was taken up');
  }
}
