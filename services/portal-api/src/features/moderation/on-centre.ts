import { Injectable } from '@nestjs/common';
import type { CommandContext } from '@portal/event-store';
import type { FastifyRequest } from 'fastify';
import { CapacityOf } from '../../platform/capacity.js';
import { ComponentIds } from '../../platform/component-id.js';
import { plainLines } from '../../platform/http/plain-text.js';
import { ProblemError } from '../../platform/http/problem-error.js';
import { commandContext, ifMatch, type AskedFor } from '../../platform/http/request-context.js';
import { Parts, type Part } from '../../platform/parts.js';
import type { OnCentre } from './moderation-commands.js';

export const CENTRE = ':component/centres/:centre';
export const CANDIDATE = `${CENTRE}/candidates/:candidate`;

export interface CentreParams {
  readonly component: string;
  readonly centre: string;
}
export type CandidateParams = CentreParams & { readonly candidate: string };

/** What every request about a moderation says in its address and its headers. */
@Injectable()
export class Addressed {
  constructor(
    private readonly components: ComponentIds,
    private readonly capacity: CapacityOf,
    private readonly parts: Parts,
  ) {}

  component(given: string): Promise<string> {
    return this.components.find(given, 'IAMIS');
  }

  async at({ component, centre }: CentreParams): Promise<OnCentre> {
    return { component: await this.component(component), centre };
  }

  part(request: FastifyRequest, { component }: Pick<OnCentre, 'component'>): Promise<Part> {
    return this.parts.of(request, component);
  }

  async context(request: FastifyRequest, { component }: OnCentre, asked?: AskedFor): Promise<CommandContext> {
    return commandContext(request, await this.capacity.find(request, component), asked);
  }
}

/** Which candidate, and the revision that the person saw. */
export function about({ candidate }: CandidateParams, request: FastifyRequest) {
  const expect = ifMatch(request);
  return { candidate, ...(expect !== undefined && { expect }) };
}

/** Somebody's own words, without what a terminal would obey; something must be left of them. */
export function wordsOf(reason: string): string {
  const words = plainLines(reason);
  if (words === '') throw new ProblemError('malformed-request', 'reason: empty', { field: 'reason' });
  return words;
}
