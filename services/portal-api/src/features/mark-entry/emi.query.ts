import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EmiSummary } from '@portal/contract';
import { codeOf, components, emiSummary } from '@portal/domain';
import { Views } from '../../platform/views.js';

/** The components a person marks, each with its counts. */
export class Emi {
  constructor(
    readonly account: string,
    readonly language: 'en' | 'cy',
  ) {}
}

@QueryHandler(Emi)
export class EmiHandler implements IQueryHandler<Emi, readonly EmiSummary[]> {
  constructor(private readonly views: Views) {}

  async execute({ account, language }: Emi): Promise<readonly EmiSummary[]> {
    return this.views.list(emiSummary, `${account}/`).flatMap((counts) => {
      const settings = this.views.get(components, counts.component);
      if (settings === undefined) return [];
      const { component, qualification, series, titles, maximum, halfMarks, extensions } = settings;
      const { allocated, left, outstanding, entered, submitted } = counts;
      return [
        {
          component,
          code: codeOf(component),
          qualification,
          series,
          title: titles[language],
          titles,
          deadline: later(settings.deadline, extensions[account]),
          maximum,
          halfMarks,
          ...{ allocated, left, outstanding, entered, submitted },
        },
      ];
    });
  }
}

const later = (general: string, own: string | undefined): string =>
  own !== undefined && Date.parse(own) > Date.parse(general) ? own : general;
