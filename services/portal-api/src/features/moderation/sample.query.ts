import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { IamisSample, SampleCandidate } from '@portal/contract';
import { candidateNames, candidateNamesKey, centres, sampleOf, seriesOf, type CandidateNamesDocument, type SampleRow, type TextReference } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { FreeTexts } from '../../platform/free-texts.js';
import type { Part } from '../../platform/parts.js';
import { PersonNames } from '../../platform/person-names.js';
import { Views } from '../../platform/views.js';
import type { OnCentre } from './moderation-commands.js';
import { ModerationStream } from './moderation-stream.js';
import { Returns } from './returns.js';
import { SettingsNow } from './settings-now.js';
import { shownMark, verdictNow } from './verdict.js';

/** What is looked at of a centre, with both marks and how it stands so far. */
export class CentreSample {
  constructor(
    readonly at: OnCentre,
    readonly part: Part,
  ) {}
}

@QueryHandler(CentreSample)
export class CentreSampleHandler implements IQueryHandler<CentreSample, Answer<IamisSample>> {
  constructor(
    private readonly streams: ModerationStream,
    private readonly settings: SettingsNow,
    private readonly views: Views,
    private readonly names: PersonNames,
    private readonly texts: FreeTexts,
    private readonly returns: Returns,
  ) {}

  async execute({ at, part }: CentreSample): Promise<Answer<IamisSample>> {
    const found = await this.streams.read(at, part);
    if (!('events' in found)) return found;
    const { cohort, events, state } = found;
    const sample = sampleOf(events);
    const { moderating } = await this.settings.of(at.component);
    const reasons = reasonsOf(events);
    const [named, names, moderator] = await Promise.all([
      this.views.get(centres, at.centre),
      this.views.many(candidateNames, sample.rows.map((row) => namesKey(at.component, row))),
      this.names.username(sample.moderator),
    ]);
    const candidates = sample.rows.map((row) => {
      const known = names.get(namesKey(at.component, row));
      return this.candidate(row, known, reasons.get(`${row.centre}/${row.candidate}`));
    });
    return {
      ...at,
      name: named?.name ?? '',
      consortium: [...cohort.centres],
      moderator,
      state: sample.state,
      maximum: sample.maximum,
      halfMarks: sample.halfMarks,
      tolerance: moderating.settings.tolerance,
      rule: sample.rule ?? null,
      seed: sample.seed ?? null,
      revision: sample.revision,
      returned: await this.returns.latest(events),
      verdict: verdictNow(state, moderating),
      candidates: await Promise.all(candidates),
    };
  }

  private async candidate(
    row: SampleRow,
    { names }: CandidateNamesDocument = { names: {} },
    why: TextReference | undefined,
  ): Promise<SampleCandidate> {
    const name = Object.hasOwn(names, row.candidate) ? (names[row.candidate]?.name ?? '') : '';
    const { centreMark, moderatorMark, savedAt, ...others } = row;
    return {
      ...others,
      name,
      centreMark: shownMark(centreMark),
      moderatorMark: shownMark(moderatorMark),
      savedAt: savedAt ?? null,
      ...(!row.isReceived && { reason: await this.texts.read(why) }),
    };
  }
}

const namesKey = (component: string, { centre }: SampleRow): string => candidateNamesKey(seriesOf(component) ?? '', centre);

/** Why the work of each did not come, as it was said last. */
function reasonsOf(events: readonly RecordedEvent[]): ReadonlyMap<string, TextReference> {
  const reasons = new Map<string, TextReference>();
  for (const { type, data } of events) {
    if (type !== 'WorkNotReceived') continue;
    const { centre, candidate, reason } = data as unknown as { centre: string; candidate: string; reason: TextReference };
    reasons.set(`${centre}/${candidate}`, reason);
  }
  return reasons;
}
