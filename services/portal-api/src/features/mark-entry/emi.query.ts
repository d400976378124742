import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EmiSummary } from '@portal/contract';
import { agendas, capacities, codeOf, components, DOCUMENT_ROLES, emiSummary } from '@portal/domain';
import { Views } from '../../platform/views.js';
import { total } from './total.js';

/** The components a person marks, or whose marks they may export, each with their counts; all there are, with everybody's, for who reads everything. */
export class Emi {
  constructor(
    readonly account: string | undefined,
    readonly language: 'en' | 'cy',
  ) {}
}

@QueryHandler(Emi)
export class EmiHandler implements IQueryHandler<Emi, readonly EmiSummary[]> {
  constructor(private readonly views: Views) {}

  async execute({ account, language }: Emi): Promise<readonly EmiSummary[]> {
    const summaries = await this.views.list(emiSummary, account === undefined ? '' : `${account}/`);
    const held = account === undefined ? 'all' : ((await this.views.get(capacities, account))?.capacities ?? []);
    const marked = Map.groupBy(summaries, (one) => one.component);
    const led = held === 'all' ? [] : held.filter(({ role }) => DOCUMENT_ROLES.export.includes(role)).map(({ component }) => component);
    const ids = [...new Set([...marked.keys(), ...led])];
    const [known, uploaded] = await Promise.all([this.views.many(components, ids), this.views.many(agendas, ids)]);
    return ids.flatMap((id) => {
      const [settings, parts] = [known.get(id), marked.get(id)];
      // A unit is on the page of IAMIS.
      if (settings === undefined || (parts === undefined && settings.kind !== 'EMI')) return [];
      const { component, qualification, series, titles, maximum, halfMarks, extensions } = settings;
      return [
        {
          component,
          code: codeOf(component),
          qualification,
          series,
          title: titles[language],
          titles,
          deadline: later(settings.deadline, account === undefined ? undefined : extensions[account]),
          maximum,
          halfMarks,
          ...total(parts ?? []),
          ...(uploaded.has(id) && { agendaBytes: uploaded.get(id)!.bytes }),
          ...exporting(held === 'all' ? ['auditor'] : held.filter((one) => one.component === id).map(({ role }) => role)),
        },
      ];
    });
  }
}

const later = (general: string, own: string | undefined): string =>
  own !== undefined && Date.parse(own) > Date.parse(general) ? own : general;

function exporting(held: readonly string[]): Pick<EmiSummary, 'exportAs'> {
  const exportAs = DOCUMENT_ROLES.export.find((role) => held.includes(role));
  return exportAs === undefined ? {} : { exportAs };
}
