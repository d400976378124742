import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Sheet as SheetDocument } from '@portal/contract';
import { candidateNames, candidateNamesKey, centres, markSheetStream, seriesOf, sheetOf, type SheetRow } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { refused, type Answer } from '../../platform/answer.js';
import { FreeTexts } from '../../platform/free-texts.js';
import { EVENT_STORE } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';

type Candidate = SheetDocument['candidates'][number];

/** One mark sheet, folded from its own stream: never behind what its examiner just did. */
export class Sheet {
  constructor(
    readonly component: string,
    readonly centre: string,
    /** Whose part; undefined for the whole centre, which seniors see. */
    readonly examiner: string | undefined,
  ) {}
}

@QueryHandler(Sheet)
export class SheetHandler implements IQueryHandler<Sheet, Answer<SheetDocument>> {
  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    private readonly views: Views,
    private readonly texts: FreeTexts,
  ) {}

  async execute({ component, centre, examiner }: Sheet): Promise<Answer<SheetDocument>> {
    const read = await this.events.readStream(markSheetStream(component, centre));
    if (read.kind !== 'found') return refused({ reason: 'CentreUnknown', centre });
    const { rows, revision, maximum, halfMarks } = sheetOf(read.events, examiner);
    if (rows.length === 0) return refused({ reason: 'NotYourCandidate', candidate: '' });
    const [known, named] = await Promise.all([
      this.views.get(candidateNames, candidateNamesKey(seriesOf(component) ?? '', centre)),
      this.views.get(centres, centre),
    ]);
    const names = known?.names ?? {};
    const candidates = rows.map((row) => toWire(row, names[row.candidate]?.name ?? ''));
    for (const [n, { reason }] of rows.entries()) {
      if (reason) candidates[n] = { ...candidates[n]!, reason: await this.texts.read(reason) };
    }
    return { component, centre, name: named?.name ?? '', maximum, halfMarks, revision, candidates };
  }
}

function toWire({ examiner: _, mark, savedAt, reason: __, ...row }: SheetRow, name: string): Candidate {
  return { ...row, name, mark: mark ?? null, savedAt: savedAt ?? null };
}
