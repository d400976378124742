import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Receipt } from '@portal/contract';
import { kebabCase, receipts, receiptsKey, type ReceiptEntry } from '@portal/domain';
import { Views } from '../../platform/views.js';

/** What a person submitted on a component, newest first. */
export class Receipts {
  constructor(
    readonly component: string,
    readonly account: string,
  ) {}
}

@QueryHandler(Receipts)
export class ReceiptsHandler implements IQueryHandler<Receipts, readonly Receipt[]> {
  constructor(private readonly views: Views) {}

  async execute({ component, account }: Receipts): Promise<readonly Receipt[]> {
    const entries = (await this.views.get(receipts, receiptsKey(account, component)))?.receipts ?? [];
    return entries.map((entry) => receiptOf({ ...entry, component })).reverse();
  }
}

export function receiptOf({ leftOut, logHead, ...entry }: ReceiptEntry & { readonly component: string }): Receipt {
  const { receipt, component, marks, absent, sheets, late, position, recordedAt } = entry;
  const named = leftOut.map(({ why, ...one }) => ({ ...one, why: kebabCase(why) }));
  return { receipt, component, marks, absent, sheets, leftOut: named, late, position, recordedAt, logHead: logHead ?? null };
}
