import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { IamisCentre } from '@portal/contract';
import { centres, iamisCentreRows, iamisCentres, type IamisCentresDocument } from '@portal/domain';
import { hasCentreOf, type Part } from '../../platform/parts.js';
import { PersonNames } from '../../platform/person-names.js';
import { Views } from '../../platform/views.js';

/** The centres of a unit that belong to somebody's part of it, by number. */
export class IamisCentres {
  constructor(
    readonly component: string,
    readonly part: Part,
  ) {}
}

interface Named {
  readonly username: string;
  readonly name: string;
}

@QueryHandler(IamisCentres)
export class IamisCentresHandler implements IQueryHandler<IamisCentres, readonly IamisCentre[]> {
  constructor(
    private readonly views: Views,
    private readonly names: PersonNames,
  ) {}

  async execute({ component, part }: IamisCentres): Promise<readonly IamisCentre[]> {
    const theirs = this.views.list(iamisCentres, `${component}/`).filter(({ moderator }) => hasCentreOf(part, moderator));
    const rows = [...Map.groupBy(theirs, ({ moderator }) => moderator)].flatMap(([account, documents]) => {
      const moderator = { username: this.names.username(account), name: this.names.display(account) };
      return documents.flatMap((document) => this.rows(document, moderator));
    });
    return rows.sort((a, b) => (a.centre < b.centre ? -1 : 1));
  }

  private rows(document: IamisCentresDocument, { username: moderator, name: moderatorName }: Named): readonly IamisCentre[] {
    const consortium = document.centres.map(({ centre }) => centre);
    return iamisCentreRows(document).map(({ centre, entered, cfAbs, sample, remaining, reportCompleted, state, outcome, flags, late }) => ({
      centre,
      name: this.views.get(centres, centre)?.name ?? '',
      moderator,
      moderatorName,
      entered,
      cfAbs,
      sample,
      remaining,
      reportCompleted,
      state,
      outcome: outcome ?? 'pending',
      flags: [...flags],
      late,
      consortium,
    }));
  }
}
