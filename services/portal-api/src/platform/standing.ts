import { Injectable } from '@nestjs/common';
import { capacities, components, emiSummary, emiSummaryKey, iamisSummary, iamisSummaryKey, teams } from '@portal/domain';
import { ProblemError } from './http/problem-error.js';
import type { Caller } from './http/request-context.js';
import { Views } from './views.js';

/** Who has anything to do with a component: its team, whoever has candidates or centres there, and who reads everything. */
@Injectable()
export class Standing {
  constructor(private readonly views: Views) {}

  /** Thrown at whoever has none: an empty list would say that there is nothing. */
  async require(caller: Caller, component: string): Promise<void> {
    if (await this.has(caller, component)) return;
    throw new ProblemError('not-permitted', `you have no part in ${component}`, { field: 'component' });
  }

  /** Every component that somebody has anything to do with, by id. */
  async components(caller: Caller): Promise<readonly string[]> {
    if (readsEverything(caller)) return (await this.views.list(components, '')).map(({ component }) => component).toSorted();
    const { account } = caller;
    const [own, marks, moderates] = await Promise.all([
      this.views.get(capacities, account),
      this.views.list(emiSummary, `${account}/`),
      this.views.list(iamisSummary, `${account}/`),
    ]);
    const all = [...(own?.capacities ?? []), ...marks, ...moderates].map(({ component }) => component);
    return [...new Set(all)].toSorted();
  }

  private async has(caller: Caller, component: string): Promise<boolean> {
    const { account } = caller;
    if (readsEverything(caller)) return true;
    const [marks, moderates, team] = await Promise.all([
      this.views.get(emiSummary, emiSummaryKey(account, component)),
      this.views.get(iamisSummary, iamisSummaryKey(account, component)),
      this.views.get(teams, component),
    ]);
    return marks !== undefined || moderates !== undefined || team?.members.some(({ person }) => person === account) === true;
  }
}

export const readsEverything = ({ roles }: Caller): boolean => roles.includes('auditor') || roles.includes('admin');
