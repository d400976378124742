import type { CentreShown, ComponentShown } from '@portal/documents';
import {
  candidateNames,
  candidateNamesKey,
  centres,
  codeOf,
  component as componentDecider,
  componentStream,
  fold,
  seriesOf,
  type CandidateName,
  type Component,
  type ComponentEvent,
  type ComponentSettings,
} from '@portal/domain';
import type { Reading } from './reading.js';
import type { Sources } from './request.js';

export interface FoundComponent {
  readonly state: Component;
  readonly settings: ComponentSettings;
  readonly shown: ComponentShown;
}

/** As it was set up when the document was asked for. */
export async function readComponent(reading: Reading, id: string): Promise<FoundComponent> {
  const events = await reading.stream(componentStream(id));
  const state = fold<ComponentEvent, Component>(componentDecider, events as unknown as readonly ComponentEvent[]);
  const { settings } = state;
  if (settings === undefined) throw new Error(`${id} has a document and no settings`);
  const { qualification, series, titles, maximum, halfMarks } = settings;
  return { state, settings, shown: { component: id, code: codeOf(id), qualification, series, titles, maximum, halfMarks } };
}

export async function centreShown({ views }: Sources, centre: string): Promise<CentreShown> {
  return { centre, name: (await views.get(centres, centre))?.name ?? '' };
}

export function centresShown(sources: Sources, numbers: readonly string[]): Promise<readonly CentreShown[]> {
  return Promise.all(numbers.map((centre) => centreShown(sources, centre)));
}

/** Who the candidates of some centres are; whoever was erased has no name any more. */
export async function candidatesOf({ views }: Sources, reading: Reading, { component, centres: numbers }: Whose) {
  const series = seriesOf(component) ?? '';
  const names = await reading.each(numbers, async (centre) => {
    const known = (await views.get(candidateNames, candidateNamesKey(series, centre)))?.names ?? {};
    return [centre, new Map(Object.entries(known))] as const;
  });
  const byCentre = new Map(names);
  return (centre: string, candidate: string): CandidateName | undefined => byCentre.get(centre)?.get(candidate);
}

interface Whose {
  readonly component: string;
  readonly centres: readonly string[];
}
