import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { SheetSummary } from '@portal/contract';
import { centres, markSheets } from '@portal/domain';
import { Views } from '../../platform/views.js';
import { total } from './total.js';

/** The mark sheets of one person on a component, one a centre; of everybody, for who reads everything. */
export class Sheets {
  constructor(
    readonly component: string,
    readonly account: string | undefined,
  ) {}
}

@QueryHandler(Sheets)
export class SheetsHandler implements IQueryHandler<Sheets, readonly SheetSummary[]> {
  constructor(private readonly views: Views) {}

  async execute({ component, account }: Sheets): Promise<readonly SheetSummary[]> {
    const sheets = await this.views.list(markSheets, account === undefined ? `${component}/` : `${component}/${account}/`);
    const named = await this.views.many(centres, sheets.map(({ centre }) => centre));
    return [...Map.groupBy(sheets, ({ centre }) => centre)].map(([centre, parts]) => {
      return { centre, name: named.get(centre)?.name ?? '', ...total(parts) };
    });
  }
}
