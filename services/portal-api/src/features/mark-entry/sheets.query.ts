import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { SheetSummary } from '@portal/contract';
import { centres, markSheets } from '@portal/domain';
import { Views } from '../../platform/views.js';

/** The mark sheets of one person on a component, one a centre. */
export class Sheets {
  constructor(
    readonly component: string,
    readonly account: string,
  ) {}
}

@QueryHandler(Sheets)
export class SheetsHandler implements IQueryHandler<Sheets, readonly SheetSummary[]> {
  constructor(private readonly views: Views) {}

  async execute({ component, account }: Sheets): Promise<readonly SheetSummary[]> {
    return this.views.list(markSheets, `${component}/${account}/`).map((sheet) => {
      const { centre, allocated, left, outstanding, entered, submitted } = sheet;
      const name = this.views.get(centres, centre)?.name ?? '';
      return { centre, name, allocated, left, outstanding, entered, submitted };
    });
  }
}
