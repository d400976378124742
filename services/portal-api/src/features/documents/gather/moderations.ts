import { fold, iamisCentres, moderation, moderationStream, type Moderation, type ModerationEvent } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import { hasCentreOf } from '../../../platform/parts.js';
import { partOf } from './part.js';
import type { Reading } from './reading.js';
import { NothingToShow, type DocumentRequest, type Sources } from './request.js';

export interface FoundModeration {
  readonly state: Moderation;
  readonly events: readonly RecordedEvent[];
}

/** The one of a centre, or of its consortium. */
export async function moderationOf(reading: Reading, { component, centre = '' }: DocumentRequest, { cohorts }: Sources): Promise<FoundModeration> {
  const cohort = await cohorts.find(component, centre);
  const found = cohort === undefined ? undefined : await read(reading, cohort.stream);
  if (found === undefined) throw new NothingToShow('centre-unknown');
  return found;
}

/** Those of the asker's part, in the order of their centres; or the one that was asked for. */
export async function moderationsOf(reading: Reading, request: DocumentRequest, sources: Sources): Promise<readonly FoundModeration[]> {
  if (request.centre !== undefined) return [await moderationOf(reading, request, sources)];
  const part = await partOf(request, sources);
  const begun = await sources.views.list(iamisCentres, `${request.component}/`);
  const numbers = begun.map(({ centre }) => centre).toSorted();
  const found: FoundModeration[] = [];
  for (const centre of numbers) {
    const one = await read(reading, moderationStream(request.component, centre));
    if (one !== undefined && hasCentreOf(part, one.state.moderator)) found.push(one);
  }
  return found;
}

/** Undefined where nothing was recorded yet. */
async function read(reading: Reading, stream: string): Promise<FoundModeration | undefined> {
  const events = await reading.stream(stream);
  if (events.length === 0) return undefined;
  return { events, state: fold<ModerationEvent, Moderation>(moderation, events as unknown as readonly ModerationEvent[]) };
}
