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

@QueryHandler(IamisCentres)
export class IamisCentresHandler implements IQueryHandler<IamisCentres, readonly IamisCentre[]> {
  constructor(
    private readonly views: Views,
    private readonly names: PersonNames,
  ) {}

  async execute({ component, part }: IamisCentres): Promise<readonly IamisCentre[]> {
    const theirs = this.views.list(iamisCentres, `${component}/`).filter(({ moderator }) => hasCentreOf(part, moderator));
    return theirs.flatMap((document) => this.rows(document)).sort((a, b) => (a.centre < b.centre ? -1 : 1));
  }

  private rows(document: IamisCentresDocument): readonly IamisCentre[] {
    const consortium = document.centres.map(({ centre }) => centre);
    const moderator = this.names.username(document.moderator);
    const moderatorName = this.names.display(document.moderator);
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
