import { Injectable } from '@nestjs/common';
import { centres, iamisCentres, iamisCentresKey, moderationStream, type IamisCentresDocument } from '@portal/domain';
import { Views } from './views.js';

/** What is moderated as one: a centre, or a whole consortium under its leading centre. */
export interface Cohort {
  readonly stream: string;
  /** The leading one first. */
  readonly centres: readonly string[];
}

/** Which centres of a component are moderated together. What has begun stays as it began. */
@Injectable()
export class Cohorts {
  constructor(private readonly views: Views) {}

  /** By any of its centres; undefined where nothing has begun. */
  find(component: string, centre: string): Cohort | undefined {
    if (!/^\d{5}$/.test(centre)) return undefined;
    const own = this.views.get(iamisCentres, iamisCentresKey(component, centre));
    const document = own ?? this.begun(component).find((one) => one.centres.some((part) => part.centre === centre));
    return document === undefined ? undefined : cohortOf(component, document);
  }

  /** Of all centres, for an import: a consortium begins with its lowest number and with whoever is in none yet. */
  of(component: string): (centre: string) => Cohort {
    const known = new Map<string, Cohort>();
    const remember = (cohort: Cohort): Cohort => {
      for (const centre of cohort.centres) known.set(centre, cohort);
      return cohort;
    };
    for (const document of this.begun(component)) remember(cohortOf(component, document));
    const members = Map.groupBy(this.views.list(centres, ''), ({ centre, consortium = centre }) => consortium);
    return (centre) => {
      const { consortium = centre } = this.views.get(centres, centre) ?? {};
      const together = (members.get(consortium) ?? []).map((one) => one.centre).filter((one) => !known.has(one));
      return known.get(centre) ?? remember(begin(component, together.includes(centre) ? together.toSorted() : [centre]));
    };
  }

  private begun(component: string): readonly IamisCentresDocument[] {
    return this.views.list(iamisCentres, `${component}/`);
  }
}

const cohortOf = (component: string, { centre, centres: parts }: IamisCentresDocument): Cohort => ({
  stream: moderationStream(component, centre),
  centres: parts.map((one) => one.centre),
});

const begin = (component: string, numbers: readonly string[]): Cohort => ({
  stream: moderationStream(component, numbers[0] as string),
  centres: numbers,
});
