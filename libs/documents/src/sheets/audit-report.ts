/** Every event about a candidate's mark, or about a centre's: who, as what, when, from what to what, and why. */
import type { AuditEntryShown, AuditReportModel, Language } from '../models.js';
import { paragraph } from '../pdf/blocks.js';
import { facts } from '../pdf/facts.js';
import { STYLES } from '../pdf/look.js';
import type { Row } from '../pdf/table.js';
import { table } from '../pdf/table.js';
import type { Rendered } from '../rendered.js';
import { counted, exactTime, shown, stamp } from '../texts/figures.js';
import { centreName, sheet } from './sheet.js';

export function auditReport(model: AuditReportModel): Promise<Rendered> {
  const { centres, candidate, entries, source, language } = model;
  return sheet(model, (say) => say('audit.kind'), ({ paper, say }) => {
    facts(paper, [
      { name: say('centre'), value: centres.map(centreName).join(', ') },
      ...(candidate === undefined ? [] : [{ name: say('candidate'), value: `${candidate.number} ${candidate.name}`.trim() }]),
      { name: say('audit.events'), value: counted(entries.length) },
      { name: say('as-at'), value: exactTime(source.at, language) },
    ], { columns: 2 });
    paper.y += 4;
    if (entries.length === 0) return paragraph(paper, say('audit.none'), STYLES.quiet);
    const isOfAll = candidate === undefined;
    table(
      paper,
      [
        { head: say('audit.time'), share: 1.9 },
        { head: say('audit.event'), share: 2.6 },
        ...(isOfAll ? [{ head: say('candidate'), share: 1.2 }] : []),
        { head: say('audit.person'), share: 2.6 },
        { head: say('audit.from-to'), share: 1.2 },
        { head: say('reason'), share: 3 },
        { head: say('audit.position'), share: 3.6 },
      ],
      entries.map((entry) => rowOf(entry, isOfAll, language)),
    );
  }, 'landscape');
}

function rowOf(entry: AuditEntryShown, isOfAll: boolean, language: Language): Row {
  const { recordedAt, type, candidate, actor, capacity, from, to, reason, position, event } = entry;
  const change = from === undefined && to === undefined ? '' : `${from === undefined ? '–' : shown(from)} → ${to === undefined ? '–' : shown(to)}`;
  const cells = [stamp(recordedAt, language), type, actor === '' ? capacity : `${actor}\n${capacity}`, change, reason, `${position}\n${event}`];
  return { cells: isOfAll ? cells.toSpliced(2, 0, candidate) : cells };
}
