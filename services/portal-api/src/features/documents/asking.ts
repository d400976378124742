import { Inject, Injectable } from '@nestjs/common';
import { CAPACITY_HEADER } from '@portal/contract';
import { components, iamisCentres, iamisCentresKey, markSheetKey, markSheets, markSheetStream, type DocumentTold } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import type { FastifyRequest } from 'fastify';
import { CapacityOf, roleOf } from '../../platform/capacity.js';
import { Cohorts } from '../../platform/cohorts.js';
import { ProblemError } from '../../platform/http/problem-error.js';
import { callerOf, header } from '../../platform/http/request-context.js';
import { maySee, Parts, type Part } from '../../platform/parts.js';
import { Standing } from '../../platform/standing.js';
import { EVENT_STORE } from '../../platform/tokens.js';
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
    @Inject(EVENT_STORE) private readonly events: EventStore,
  ) {}

  /** Whoever has no part in the component is refused here, and whoever names a centre that has none. */
  async find(request: FastifyRequest, component: string, centre: string | undefined): Promise<Asker> {
    const caller = callerOf(request);
    await this.standing.require(caller, component);
    return this.asker(caller.account, await this.capacity.find(request, component), component, centre);
  }

  /** About a document of before: in the capacity of then, where none is named and they hold it yet. */
  async about({ account, capacity, component, wanted }: DocumentTold, request: FastifyRequest): Promise<Asker> {
    const caller = callerOf(request);
    const isNamed = header(request, CAPACITY_HEADER) !== undefined;
    if (isNamed || wanted === undefined || account !== caller.account) return this.find(request, component, wanted?.centre);
    await this.standing.require(caller, component);
    return this.asker(account, await this.capacity.still(caller, component, capacity), component, wanted.centre);
  }

  private async asker(account: string, capacity: string, component: string, centre: string | undefined): Promise<Asker> {
    const part = await this.parts.recorded(component, account, capacity);
    const isTheirs = centre === undefined || (await this.isIn(part, component, centre));
    return { account, role: roleOf(capacity), capacity, isTheirs };
  }

  private async isIn(part: Part, component: string, centre: string): Promise<boolean> {
    const isIamis = (await this.views.get(components, component))?.kind === 'IAMIS';
    if (part.accounts === 'all') return this.requireCentre(isIamis, component, centre);
    if (isIamis) return this.isModerated(part, component, centre);
    for (const account of part.accounts) {
      if ((await this.views.get(markSheets, markSheetKey(component, account, centre))) !== undefined) return true;
    }
    return false;
  }

  private async requireCentre(isIamis: boolean, component: string, centre: string): Promise<true> {
    const isKnown = isIamis
      ? (await this.cohorts.find(component, centre)) !== undefined
      : (await this.events.readStream(markSheetStream(component, centre), { limit: 1 })).kind === 'found';
    if (!isKnown) throw new ProblemError('centre-unknown', `${component} has no centre ${centre}`, { field: 'centre' });
    return true;
  }

  private async isModerated(part: Part, component: string, centre: string): Promise<boolean> {
    const leading = (await this.cohorts.find(component, centre))?.centres[0];
    if (leading === undefined) return false;
    return maySee(part, (await this.views.get(iamisCentres, iamisCentresKey(component, leading)))?.moderator);
  }
}
