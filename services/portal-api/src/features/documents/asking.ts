import { Injectable } from '@nestjs/common';
import { components, iamisCentres, iamisCentresKey, markSheetKey, markSheets } from '@portal/domain';
import type { FastifyRequest } from 'fastify';
import { CapacityOf, roleOf } from '../../platform/capacity.js';
import { Cohorts } from '../../platform/cohorts.js';
import { callerOf } from '../../platform/http/request-context.js';
import { maySee, Parts, type Part } from '../../platform/parts.js';
import { Standing } from '../../platform/standing.js';
import { Views } from '../../platform/views.js';

/** Who asks for a document, in which role, and whether its centre is in their part: what the rule needs to know. */
export interface Asker {
  readonly account: string;
  readonly role: string;
  readonly capacity: string;
  readonly isTheirs: boolean;
}

@Injectable()
export class Asking {
  constructor(
    private readonly views: Views,
    private readonly capacity: CapacityOf,
    private readonly cohorts: Cohorts,
    private readonly parts: Parts,
    private readonly standing: Standing,
  ) {}

  /** Whoever has no part in the component is refused here. */
  async find(request: FastifyRequest, component: string, centre: string | undefined): Promise<Asker> {
    const caller = callerOf(request);
    await this.standing.require(caller, component);
    const capacity = await this.capacity.find(request, component);
    const part = await this.parts.of(request, component);
    const isTheirs = centre === undefined || (await this.isIn(part, component, centre));
    return { account: caller.account, role: roleOf(capacity), capacity, isTheirs };
  }

  private async isIn(part: Part, component: string, centre: string): Promise<boolean> {
    if (part.accounts === 'all') return true;
    if ((await this.views.get(components, component))?.kind === 'IAMIS') return this.isModerated(part, component, centre);
    for (const account of part.accounts) {
      if ((await this.views.get(markSheets, markSheetKey(component, account, centre))) !== undefined) return true;
    }
    return false;
  }

  private async isModerated(part: Part, component: string, centre: string): Promise<boolean> {
    const leading = (await this.cohorts.find(component, centre))?.centres[0];
    if (leading === undefined) return false;
    return maySee(part, (await this.views.get(iamisCentres, iamisCentresKey(component, leading)))?.moderator);
  }
}
