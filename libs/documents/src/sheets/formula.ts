/** The formula sheet of a unit: per centre the rule and its numbers, a plot, and every mark before and after. */
import type { Flag } from '@portal/domain';
import type { CohortShown, FormulaModel, OutcomeRowShown } from '../models.js';
import { heading, paragraph, subheading } from '../pdf/blocks.js';
import type { Fact } from '../pdf/facts.js';
import { facts } from '../pdf/facts.js';
import { STYLES } from '../pdf/look.js';
import { drawPlot, isWithin, PLOT } from '../pdf/plot.js';
import type { Column, Row } from '../pdf/table.js';
import { table } from '../pdf/table.js';
import type { Rendered } from '../rendered.js';
import { counted, exactTime, shown, signed } from '../texts/figures.js';
import type { Say } from '../texts/say.js';
import { rational, ruleOf } from './rule.js';
import type { Sheet } from './sheet.js';
import { centreName, sheet } from './sheet.js';

export function formula(model: FormulaModel): Promise<Rendered> {
  return sheet(model, (say) => say('formula.kind'), (on) => {
    unit(on, model);
    for (const cohort of model.cohorts) centre(on, model, cohort);
  });
}

function unit({ paper, say }: Sheet, { usual, component, source, cohorts, language }: FormulaModel): void {
  facts(paper, [
    { name: say('maximum'), value: shown(component.maximum) },
    { name: say('tolerance'), value: `±${usual.tolerance}` },
    { name: say('method'), value: say(`method.${usual.method}`) },
    { name: say('sample.rule'), value: say(`rule.${usual.rule}`) },
    { name: say('formula.centres'), value: counted(cohorts.flatMap(({ centres }) => centres).length) },
    { name: say('as-at'), value: exactTime(source.at, language) },
  ], { columns: 3 });
  paragraph(paper, say('formula.usual'), STYLES.quiet);
}

function centre(on: Sheet, model: FormulaModel, cohort: CohortShown): void {
  const { paper, say } = on;
  const names = cohort.centres.map(centreName).join(', ');
  const isConsortium = cohort.centres.length > 1;
  const points = cohort.rows.flatMap(({ isSampled, centreMark: x, moderatorMark: y }) =>
    isSampled && typeof x === 'number' && y !== undefined ? [{ x, y }] : [],
  );
  const named = isConsortium ? say('consortium', { centres: names }) : names;
  heading(paper, named, points.length > 0 ? PLOT.height : 80);
  if (points.length > 0) withPlot(on, model, cohort, points);
  else facts(paper, figures(say, cohort), { columns: 3 });
  const { outcome } = cohort;
  if (outcome !== undefined) {
    paragraph(paper, ruleOf(say, outcome, model.component.maximum));
    if (outcome.chosenBecause !== undefined) paragraph(paper, say('formula.chosen', { reason: outcome.chosenBecause }));
  }
  if (cohort.rows.length === 0) return;
  subheading(paper, say('formula.marks'));
  table(paper, columns(say, isConsortium), cohort.rows.map((row) => marks(row, isConsortium)), named);
}

function withPlot(on: Sheet, { component, usual }: FormulaModel, cohort: CohortShown, points: readonly { x: number; y: number }[]): void {
  const { paper, say } = on;
  const { maximum } = component;
  const tolerance = cohort.outcome?.tolerance ?? usual.tolerance;
  const line = cohort.outcome?.line ?? [];
  const within = points.filter((point) => isWithin(point, { tolerance })).length;
  const told = say('formula.plot', { maximum, within, outside: points.length - within, line: line.length > 1 ? 'yes' : 'no' });
  const { y } = paper;
  drawPlot(paper, {
    maximum, tolerance, points, line, told,
    across: say('formula.plot.across'),
    up: say('formula.plot.up'),
    legend: {
      within: say('formula.plot.within'),
      outside: say('formula.plot.outside'),
      equal: say('formula.plot.equal'),
      line: say('formula.plot.line'),
    },
  });
  const x = paper.left + PLOT.width + 24;
  const width = paper.left + paper.width - x;
  facts(paper, figures(say, cohort), { x, width, columns: 2 });
  facts(paper, flagged(say, cohort.outcome?.flags ?? []), { x, width, columns: 1 });
  paper.y = Math.max(paper.y, y + PLOT.height) + 6;
}

function figures(say: Say, { state, rule, outcome }: CohortShown): readonly Fact[] {
  const drawn = rule === undefined ? [] : [{ name: say('sample.rule'), value: say(`rule.${rule}`) }];
  const stands = { name: say('state'), value: say(`state.${state}`) };
  if (outcome === undefined) return [{ name: say('formula.outcome'), value: say('stage.pending') }, stands, ...drawn];
  const { stage, method, tolerance, a, b, rho, lambda } = outcome;
  const number = (id: 'formula.a' | 'formula.b' | 'formula.rho' | 'formula.lambda', text: string | undefined): readonly Fact[] =>
    text === undefined ? [] : [{ name: say(id), value: rational(text) }];
  return [
    { name: say('formula.outcome'), value: say(`stage.${stage}`) },
    stands,
    { name: say('method'), value: say(`method.${method}`) },
    { name: say('tolerance'), value: `±${tolerance}` },
    ...number('formula.a', a),
    ...number('formula.b', b),
    ...number('formula.rho', rho),
    ...number('formula.lambda', lambda),
    ...drawn,
  ];
}

function flagged(say: Say, flags: readonly Flag[]): readonly Fact[] {
  const value = flags.map((flag) => say(`formula.flag.${flag}`)).join('; ');
  return value === '' ? [] : [{ name: say('formula.flags'), value }];
}

function columns(say: Say, isConsortium: boolean): readonly Column[] {
  return [
    ...(isConsortium ? [{ head: say('centre'), share: 2 }] : []),
    { head: say('candidate'), share: 2 },
    { head: say('formula.in-sample'), share: 1.5 },
    { head: say('formula.before'), share: 2, align: 'right' },
    { head: say('moderator-mark'), share: 2.4, align: 'right' },
    { head: say('formula.after'), share: 2, align: 'right' },
    { head: say('formula.change'), share: 2, align: 'right' },
  ];
}

function marks({ centre: number, candidate, isSampled, centreMark, moderatorMark, after }: OutcomeRowShown, isConsortium: boolean): Row {
  const change = typeof after === 'number' && typeof centreMark === 'number' ? signed(after - centreMark) : '';
  const cells = [candidate, isSampled ? '✓' : '', shown(centreMark), shown(moderatorMark), shown(after), change];
  return { cells: isConsortium ? [number, ...cells] : cells };
}
