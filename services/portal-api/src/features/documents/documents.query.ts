import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Document } from '@portal/contract';
import { documentList, documentsOfComponent, documentsOfPerson } from '@portal/domain';
import { Views } from '../../platform/views.js';
import { ToldDocuments } from './told-documents.js';

/** What somebody asked for, or everybody of a component, newest first. */
export class Documents {
  constructor(readonly of: { readonly account: string } | { readonly component: string }) {}
}

@QueryHandler(Documents)
export class DocumentsHandler implements IQueryHandler<Documents, readonly Document[]> {
  constructor(
    private readonly views: Views,
    private readonly told: ToldDocuments,
  ) {}

  async execute({ of }: Documents): Promise<readonly Document[]> {
    const key = 'account' in of ? documentsOfPerson(of.account) : documentsOfComponent(of.component);
    const ids = (await this.views.get(documentList, key))?.documents ?? [];
    const all = await Promise.all(ids.slice(-MOST_SHOWN).toReversed().map((id) => this.told.shown(id)));
    return all.filter((one) => one !== undefined);
  }
}

const MOST_SHOWN = 200;
