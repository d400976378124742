import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { IamisCentre } from '@portal/contract';
import { centres, iamisCentreRows, iamisCentres, people, type IamisCentresDocument, type PersonDocument } from '@portal/domain';
import { hasCentreOf, type Part } from '../../platform/parts.js';
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
  constructor(private readonly views: Views) {}

  async execute({ component, part }: IamisCentres): Promise<readonly IamisCentre[]> {
    const all = await this.views.list(iamisCentres, `${component}/`);
    const theirs = all.filter(({ moderator }) => hasCentreOf(part, moderator));
    const [accounts, named] = await Promise.all([
      this.views.many(people, theirs.flatMap(({ moderator }) => moderator ?? [])),
      this.views.many(centres, theirs.flatMap((document) => document.centres.map(({ centre }) => centre))),
    ]);
    const rows = theirs.flatMap((document) => {
      const moderator = document.moderator === undefined ? undefined : accounts.get(document.moderator);
      return rowsOf(document, moderator, (centre) => named.get(centre)?.name ?? '');
    });
    return rows.sort((a, b) => (a.centre < b.centre ? -1 : 1));
  }
}

function rowsOf(
  document: IamisCentresDocument,
  moderator: PersonDocument | undefined,
  nameOf: (centre: string) => string,
): readonly IamisCentre[] {
  const consortium = document.centres.map(({ centre }) => centre);
  return iamisCentreRows(document).map(({ centre, entered, cfAbs, sample, remaining, reportCompleted, state, outcome, flags, late }) => ({
    centre,
    name: nameOf(centre),
    moderator: moderator?.username ?? '',
    moderatorName: moderator?.displayName ?? '',
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
