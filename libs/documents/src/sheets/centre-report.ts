/** The report to a centre, word for word; its texts are in the language in which they were written. */
import type { CentreReportModel } from '../models.js';
import { heading, paragraph } from '../pdf/blocks.js';
import { facts } from '../pdf/facts.js';
import { STYLES } from '../pdf/look.js';
import type { Rendered } from '../rendered.js';
import { counted, exactTime } from '../texts/figures.js';
import { centreName, sheet } from './sheet.js';

export function centreReport(model: CentreReportModel): Promise<Rendered> {
  const { centres, counts, isCompleted, report, source, language } = model;
  return sheet(model, (say) => say('report.kind'), ({ paper, say }) => {
    facts(paper, [
      { name: say('centre'), value: centres.map(centreName).join(', ') },
      { name: say('as-at'), value: exactTime(source.at, language) },
    ], { columns: 2 });
    facts(paper, [
      { name: say('report.entered'), value: counted(counts.entered) },
      { name: say('report.cf-abs'), value: counted(counts.cfAbs) },
      { name: say('report.sample'), value: counted(counts.sample) },
    ], { columns: 4 });
    if (!isCompleted) paragraph(paper, say('report.draft'), STYLES.strong);
    for (const field of FIELDS) {
      heading(paper, say(`report.${field}`), 24);
      const text = report[field];
      if (text === '') paragraph(paper, say('report.nothing'), STYLES.quiet);
      else for (const part of text.split(/\n{2,}/)) paragraph(paper, { text: part, language: report.language });
    }
  });
}

const FIELDS = ['accuracy', 'administration', 'tasks', 'comments'] as const;
