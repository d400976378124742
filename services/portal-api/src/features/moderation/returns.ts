import { Injectable } from '@nestjs/common';
import type { Returned } from '@portal/contract';
import { returnedIn } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import { FreeTexts } from '../../platform/free-texts.js';
import { PersonNames } from '../../platform/person-names.js';

/** What was given back and waits for whoever had it: as it is told, while nothing was submitted since. */
@Injectable()
export class Returns {
  constructor(
    private readonly names: PersonNames,
    private readonly texts: FreeTexts,
  ) {}

  async latest(events: readonly RecordedEvent[]): Promise<Returned | null> {
    const returned = returnedIn(events);
    if (returned === undefined) return null;
    const { reason, actor, at } = returned;
    return { reason: await this.texts.read(reason), by: await this.names.display(actor), at };
  }
}
