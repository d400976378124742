import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Component } from '@portal/contract';
import {
  component as componentDecider,
  componentId,
  componentStream,
  codeOf,
  highestOf,
  markSheet,
  markSheets,
  markSheetStream,
  type ComponentSettings,
} from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, refused, type Answer } from '../../platform/answer.js';
import { plainText } from '../../platform/http/plain-text.js';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { highestModerated } from './highest-mark.js';

/** Defines a component, or changes what differs; a new maximum or unit reaches every sheet that is allocated already. */
export class PutComponent {
  constructor(
    readonly wanted: Component,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(PutComponent)
export class PutComponentHandler implements ICommandHandler<PutComponent, Answer<Component>> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    private readonly views: Views,
  ) {}

  async execute({ wanted, context }: PutComponent): Promise<Answer<Component>> {
    const id = componentId(codeOf(wanted.component), wanted.series);
    if (id === undefined || (wanted.component.includes('@') && wanted.component !== id)) {
      return refused({ reason: 'SettingMalformed', field: 'component' });
    }
    const before = await this.before(id);
    const settings = settingsOf(wanted, before?.qualification ?? '');
    const highest = isSameScale(before, settings) ? undefined : await this.highestEntered(id, settings);
    const known = highest === undefined ? {} : { highestEntered: highest };
    const command = { type: 'DefineComponent', component: id, settings, ...known } as const;
    const handled = await this.streams.handle(componentDecider, componentStream(id), command, context);
    if (handled.kind === 'refused') return refused(handled.refusal);
    if (handled.kind === 'failed') return failed(handled);
    const rescaled = await this.rescale(id, settings, context);
    return rescaled ?? shown(id, settings);
  }

  private async before(component: string): Promise<ComponentSettings | undefined> {
    return (await this.streams.load(componentDecider, componentStream(component))).state.settings;
  }

  /** In points; undefined where no mark is entered. */
  private async highestEntered(component: string, { kind }: ComponentSettings): Promise<number | undefined> {
    await this.views.caughtUp();
    if (kind === 'IAMIS') return highestModerated(component, this.views, this.streams);
    const highest = await Promise.all(
      (await this.centres(component)).map(async ({ centre }) => {
        const { state } = await this.streams.load(markSheet, markSheetStream(component, centre));
        const mark = highestOf(state);
        return mark === undefined ? [] : [state.halfMarks ? mark / 2 : mark];
      }),
    );
    return highest.flat().reduce<number | undefined>((most, mark) => Math.max(most ?? 0, mark), undefined);
  }

  /** Allocates what is allocated already with the new maximum: where it is the same, nothing is recorded. */
  private async rescale(component: string, settings: ComponentSettings, context: CommandContext) {
    const { maximum, halfMarks } = settings;
    for (const { centre, account } of await this.centres(component)) {
      const about = { component, centre, examiner: account, maximum, halfMarks, candidates: [] };
      const stream = markSheetStream(component, centre);
      const handled = await this.streams.handle(markSheet, stream, { type: 'AllocateCandidates', ...about }, context);
      if (handled.kind === 'refused') return refused(handled.refusal);
      if (handled.kind === 'failed') return failed(handled);
    }
    return undefined;
  }

  private async centres(component: string) {
    await this.views.caughtUp();
    const sheets = await this.views.list(markSheets, `${component}/`);
    return [...new Map(sheets.map((sheet) => [sheet.centre, sheet])).values()];
  }
}

/** The marks there are matter only to what would make them too high, or another unit. */
function isSameScale(before: ComponentSettings | undefined, { maximum, halfMarks }: ComponentSettings): boolean {
  return before?.maximum === maximum && before.halfMarks === halfMarks;
}

/** What is left out of the qualification stays as it was. */
function settingsOf({ component: _, titles, qualification, halfMarks, ...others }: Component, before: string): ComponentSettings {
  const plain = { en: plainText(titles.en), cy: plainText(titles.cy) };
  return { ...others, titles: plain, qualification: plainText(qualification ?? before), halfMarks: halfMarks ?? false };
}

export function shown(component: string, { qualification, ...settings }: ComponentSettings): Component {
  return { component, ...(qualification !== '' && { qualification }), ...settings } as Component;
}
