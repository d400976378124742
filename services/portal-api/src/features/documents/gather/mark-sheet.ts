import type { MarkSheetModel, SampleSheetModel } from '@portal/documents';
import { moderatingOf, sampleOf } from '@portal/domain';
import { candidatesOf, centreShown, centresShown, readComponent, type FoundComponent } from './component.js';
import { moderationOf } from './moderations.js';
import type { Reading } from './reading.js';
import { NothingToShow, type DocumentRequest, type Sources } from './request.js';
import { sheetsOf } from './sheets.js';

/** Of an externally marked paper the marks of one centre; of a moderated unit its sample. */
export async function gatherMarkSheet(request: DocumentRequest, sources: Sources, reading: Reading): Promise<MarkSheetModel | SampleSheetModel> {
  const component = await readComponent(reading, request.component);
  const { kind } = component.settings;
  return kind === 'EMI' ? marks(request, sources, { reading, component }) : sample(request, sources, { reading, component });
}

interface From {
  readonly reading: Reading;
  readonly component: FoundComponent;
}

async function marks(request: DocumentRequest, sources: Sources, { reading, component }: From): Promise<MarkSheetModel> {
  const [sheet] = await sheetsOf(reading, request, sources);
  if (sheet === undefined) throw new NothingToShow('centre-unknown');
  const { centre, rows } = sheet;
  const known = await candidatesOf(sources, reading, { component: request.component, centres: [centre] });
  const examiners = new Set(rows.map(({ examiner }) => examiner));
  return {
    kind: 'mark-sheet',
    language: request.language,
    component: component.shown,
    centre: await centreShown(sources, centre),
    examiner: examiners.size === 1 ? await sources.names.display([...examiners][0]) : '',
    rows: rows.map(({ candidate, state, mark, savedAt }) => ({
      candidate,
      name: known(centre, candidate)?.name ?? '',
      state,
      ...(mark !== undefined && { mark }),
      ...(savedAt !== undefined && { savedAt }),
    })),
    source: await reading.source(),
  };
}

async function sample(request: DocumentRequest, sources: Sources, { reading, component }: From): Promise<SampleSheetModel> {
  const { events, state } = await moderationOf(reading, request, sources);
  const found = sampleOf(events);
  const known = await candidatesOf(sources, reading, { component: request.component, centres: found.centres });
  return {
    kind: 'sample-sheet',
    language: request.language,
    component: component.shown,
    centres: await centresShown(sources, found.centres),
    moderator: await sources.names.display(found.moderator),
    state: found.state,
    tolerance: state.outcome?.settings.tolerance ?? moderatingOf(component.settings).settings.tolerance,
    rows: found.rows.map(({ centre, candidate, teachingGroup, centreMark, moderatorMark, isReceived }) => ({
      centre,
      candidate,
      name: known(centre, candidate)?.name ?? '',
      teachingGroup,
      centreMark,
      ...(moderatorMark !== undefined && { moderatorMark }),
      isReceived,
    })),
    source: await reading.source(),
  };
}
