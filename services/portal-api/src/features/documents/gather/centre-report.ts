import type { CentreReportModel } from '@portal/documents';
import { standingOf } from '@portal/domain';
import { centresShown, readComponent } from './component.js';
import { moderationOf } from './moderations.js';
import type { Reading } from './reading.js';
import { NothingToShow, type DocumentRequest, type Sources } from './request.js';

/** Word for word; a text that was erased is empty. */
export async function gatherCentreReport(request: DocumentRequest, sources: Sources, reading: Reading): Promise<CentreReportModel> {
  const { shown } = await readComponent(reading, request.component);
  const { state } = await moderationOf(reading, request, sources);
  if (state.report === undefined) throw new NothingToShow('no-report');
  const { texts, isCompleted } = state.report;
  const [accuracy, administration, tasks, comments] = await Promise.all([
    sources.texts.read(texts.accuracy),
    sources.texts.read(texts.administration),
    sources.texts.read(texts.tasks),
    sources.texts.read(texts.comments),
  ]);
  const { entered, cfAbs, sample } = standingOf(state);
  return {
    kind: 'centre-report',
    language: request.language,
    component: shown,
    centres: await centresShown(sources, state.centres),
    counts: { entered, cfAbs, sample },
    isCompleted,
    report: { language: texts.language, accuracy, administration, tasks, comments },
    source: await reading.source(),
  };
}
