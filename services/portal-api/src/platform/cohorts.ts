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
  async find(component: string, centre: string): Promise<Cohort | undefined> {
    if (!/^\d{5}$/.test(centre)) return undefined;
    const own = await this.views.get(iamisCentres, iamisCentresKey(component, centre));
    const document = own ?? (await this.begun(component)).find((one) => one.centres.some((part) => part.centre === centre));
    return document === undefined ? undefined : cohortOf(component, document);
  }

  /** Of all centres, for an import: a consortium begins with its lowest number and with whoever is in none yet. */
  async of(component: string): Promise<(centre: string) => Cohort> {
    const [begun, named] = await Promise.all([this.begun(component), this.views.list(centres, '')]);
    const known = new Map<string, Cohort>();
    const remember = (cohort: Cohort): Cohort => {
      for (const centre of cohort.centres) known.set(centre, cohort);
      return cohort;
    };
    for (const document of begun) remember(cohortOf(component, document));
    const consortia = new Map(named.map(({ centre, consortium = centre }) => [centre, consortium]));
    const members = Map.groupBy(named, ({ centre, consortium = centre }) => consortium);
    return (centre) => {
      const together = (members.get(consortia.get(centre) ?? centre) ?? []).map((one) => one.centre).filter((one) => !known.has(one));
      return known.get(centre) ?? remember(begin(component, together.includes(centre) ? together.toSorted() : [centre]));
    };
  }

  private begun(component: string): Promise<readonly IamisCentresDocument[]> {
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
