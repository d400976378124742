import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { IamisSummary } from '@portal/contract';
import { agendas, codeOf, components } from '@portal/domain';
import type { Caller } from '../../platform/http/request-context.js';
import { Parts, type Part } from '../../platform/parts.js';
import { PersonNames } from '../../platform/person-names.js';
import { Views } from '../../platform/views.js';

/** The units a person moderates, each with the counts of their lowest role there, or one of them in some capacity. */
export class Iamis {
  constructor(
    readonly caller: Caller,
    readonly language: 'en' | 'cy',
    readonly only?: { readonly component: string; readonly part: Part },
  ) {}
}

@QueryHandler(Iamis)
export class IamisHandler implements IQueryHandler<Iamis, readonly IamisSummary[]> {
  constructor(
    private readonly views: Views,
    private readonly parts: Parts,
    private readonly names: PersonNames,
  ) {}

  async execute({ caller, language, only }: Iamis): Promise<readonly IamisSummary[]> {
    if (only !== undefined) return this.row(only.component, only.part, { caller, language });
    const ids = isStaffOnly(caller) ? await this.all() : await this.parts.unitsOf(caller.account);
    const rows = ids.map(async (id) => this.row(id, await this.parts.lowest(caller, id), { caller, language }));
    return (await Promise.all(rows)).flat();
  }

  private async all(): Promise<readonly string[]> {
    return (await this.views.list(components, '')).map(({ component }) => component);
  }

  private async row(id: string, part: Part, { caller, language }: Pick<Iamis, 'caller' | 'language'>): Promise<readonly IamisSummary[]> {
    const [settings, agenda] = await Promise.all([this.views.get(components, id), this.views.get(agendas, id)]);
    if (settings?.kind !== 'IAMIS') return [];
    const { component, qualification, series, titles, maximum, halfMarks, extensions } = settings;
    const own = part.accounts === 'all' ? undefined : extensions[part.member ?? caller.account];
    const member = part.member === undefined ? {} : { member: await this.names.username(part.member) };
    return [
      {
        component,
        code: codeOf(component),
        qualification,
        series,
        title: titles[language],
        titles,
        deadline: later(settings.deadline, own),
        maximum,
        halfMarks,
        capacity: { role: part.role, ...member },
        ...(await this.parts.counts(component, part)),
        ...(agenda !== undefined && { agendaBytes: agenda.bytes }),
      },
    ];
  }
}

/** Who moderates nothing sees what everybody has. */
const isStaffOnly = ({ roles }: Caller): boolean => !roles.includes('appointee');

const later = (general: string, own: string | undefined): string =>
  own !== undefined && Date.parse(own) > Date.parse(general) ? own : general;
