import type { CohortShown, FormulaModel, OutcomeShown, Point } from '@portal/documents';
import { fitted, moderatingOf, moderationOutcome, moderationScaleOf, phaseOf, readFraction, type ModerationEvent, type TextReference } from '@portal/domain';
import { centresShown, readComponent } from './component.js';
import { moderationsOf, type FoundModeration } from './moderations.js';
import type { Reading } from './reading.js';
import type { DocumentRequest, Sources } from './request.js';

/** What was recorded of each outcome; nothing is computed anew. */
export async function gatherFormula(request: DocumentRequest, sources: Sources, reading: Reading): Promise<FormulaModel> {
  const { settings, shown } = await readComponent(reading, request.component);
  const { rule, settings: usual } = moderatingOf(settings);
  const found = await moderationsOf(reading, request, sources);
  const cohorts = await reading.each(found, (one) => cohortShown(one, sources));
  return {
    kind: 'formula',
    language: request.language,
    component: shown,
    usual: { rule, tolerance: usual.tolerance, method: usual.method },
    cohorts,
    source: await reading.source(),
  };
}

async function cohortShown({ state, events }: FoundModeration, sources: Sources): Promise<CohortShown> {
  const { outcome, rows } = moderationOutcome(events);
  const computed = outcome === undefined ? undefined : computedIn(events[outcome] as unknown as ModerationEvent);
  const sampled = new Set([...state.candidates].filter(([, one]) => one.isSampled).map(([key]) => key));
  return {
    centres: await centresShown(sources, state.centres),
    state: phaseOf(state),
    ...(state.draw !== undefined && { rule: state.draw.rule }),
    ...(computed !== undefined && { outcome: await outcomeShown(computed, { state, events }, sources) }),
    rows: rows.map(({ centre, candidate, centreMark, moderatorMark, adjusted }) => ({
      centre,
      candidate,
      centreMark,
      ...(moderatorMark !== undefined && { moderatorMark }),
      isSampled: sampled.has(`${centre}/${candidate}`),
      ...(adjusted !== undefined && { after: adjusted }),
    })),
  };
}

type Computed = Extract<ModerationEvent, { readonly type: 'OutcomeComputed' }>['data'];

function computedIn(event: ModerationEvent | undefined): Computed | undefined {
  return event?.type === 'OutcomeComputed' ? event.data : undefined;
}

async function outcomeShown(computed: Computed, found: FoundModeration, { texts }: Sources): Promise<OutcomeShown> {
  const { stage, method, settings, a, b, rho, flags } = computed;
  const reason = chosenIn(found);
  return {
    stage,
    method,
    tolerance: settings.tolerance,
    ...(a !== undefined && { a }),
    ...(b !== undefined && { b }),
    ...(rho !== undefined && { rho }),
    ...(method === 'deming' && settings.lambda !== undefined && { lambda: settings.lambda }),
    ...(method === 'piecewise' && settings.anchors !== undefined && { anchors: settings.anchors }),
    flags,
    ...(reason !== undefined && { chosenBecause: await texts.read(reason) }),
    isApproved: found.state.approved,
    line: stage === 'adjusted' ? lineOf(computed, moderationScaleOf(found.state).maximum) : [],
  };
}

/** The principal's words, where the outcome in force is a choice; a choice outlives what is computed anew after it. */
function chosenIn({ state, events }: FoundModeration): TextReference | undefined {
  const { outcome } = state;
  if (outcome?.choice === undefined) return undefined;
  const chosen = events.slice(0, outcome.revision).findLast(({ type }) => type === 'OutcomeChosen') as unknown as ModerationEvent | undefined;
  return chosen?.type === 'OutcomeChosen' ? chosen.data.reason : undefined;
}

/** In points, to be drawn: through the recorded coefficients, or from anchor to anchor. */
function lineOf({ method, settings, a, b }: Computed, maximum: number): readonly Point[] {
  if (method === 'piecewise') return brokenLine(settings, maximum);
  const [start, slope] = [readFraction(a ?? ''), readFraction(b ?? '')].map((one) => (one === undefined ? undefined : Number(one.over) / Number(one.under)));
  if (start === undefined || slope === undefined) return [];
  return [0, maximum].map((x) => ({ x, y: start + slope * x }));
}

function brokenLine(settings: Computed['settings'], maximum: number): readonly Point[] {
  const fit = fitted([], settings);
  if (fit === undefined) return [];
  const unit = settings.halfMarks ? 2 : 1;
  const marks = [0, ...(settings.anchors ?? []).map(({ at }) => at), maximum];
  return [...new Set(marks)].map((x) => {
    const { over, under } = fit.at(x * unit);
    return { x, y: Number(over) / Number(under) / unit };
  });
}
