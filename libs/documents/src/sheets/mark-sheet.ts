/** The marks of one centre as they stand, with the sum that can be held against the paper. */
import type { MarkSheetModel } from '../models.js';
import { facts } from '../pdf/facts.js';
import { table } from '../pdf/table.js';
import type { Rendered } from '../rendered.js';
import { counted, exactTime, shown, stamp } from '../texts/figures.js';
import { centreName, sheet } from './sheet.js';

export function markSheet(model: MarkSheetModel): Promise<Rendered> {
  const { centre, examiner, rows, source, language, component } = model;
  const marks = rows.flatMap(({ mark }) => (typeof mark === 'number' ? [mark] : []));
  const sum = marks.reduce((all, mark) => all + mark, 0);
  const inState = (state: string): string => counted(rows.filter((row) => row.state === state).length);
  return sheet(model, (say) => say('sheet.kind'), ({ paper, say }) => {
    facts(paper, [
      { name: say('centre'), value: centreName(centre) },
      { name: say('sheet.examiner'), value: examiner === '' ? say('sheet.all-examiners') : examiner },
      { name: say('maximum'), value: shown(component.maximum) },
      { name: say('as-at'), value: exactTime(source.at, language) },
    ], { columns: 2 });
    facts(paper, [
      { name: say('candidates'), value: counted(rows.length) },
      { name: say('sheet.blank'), value: inState('blank') },
      { name: say('sheet.outstanding'), value: inState('outstanding') },
      { name: say('sheet.absent'), value: counted(rows.filter(({ mark }) => mark === 'ABS').length) },
      { name: say('sheet.sum'), value: counted(sum) },
    ], { columns: 5 });
    paper.y += 4;
    table(
      paper,
      [
        { head: say('candidate'), share: 1.3 },
        { head: say('name'), share: 4 },
        { head: say('mark'), share: 1, align: 'right' },
        { head: say('state'), share: 2.2 },
        { head: say('sheet.saved'), share: 2.2 },
      ],
      [
        ...rows.map(({ candidate, name, mark, state, savedAt }) => ({
          cells: [candidate, name, shown(mark), say(`mark-state.${state}`), stamp(savedAt, language)],
        })),
        { cells: ['', say('total'), counted(sum), '', ''], isStrong: true },
      ],
    );
  });
}
