/** The sample of a moderation with both marks; a difference beyond the tolerance is marked by a sign and by weight. */
import type { SampleSheetModel } from '../models.js';
import { paragraph } from '../pdf/blocks.js';
import { facts } from '../pdf/facts.js';
import { STYLES } from '../pdf/look.js';
import type { Row } from '../pdf/table.js';
import { table } from '../pdf/table.js';
import type { Rendered } from '../rendered.js';
import { counted, exactTime, shown, signed } from '../texts/figures.js';
import type { Say } from '../texts/say.js';
import { centreName, sheet } from './sheet.js';

export function sampleSheet(model: SampleSheetModel): Promise<Rendered> {
  const { centres, moderator, state, tolerance, rows, source, language, component } = model;
  const isConsortium = centres.length > 1;
  const remaining = rows.filter(({ moderatorMark, isReceived }) => moderatorMark === undefined && isReceived).length;
  return sheet(model, (say) => say('sample.kind'), ({ paper, say }) => {
    facts(paper, [
      { name: say('centre'), value: centres.map(centreName).join(', ') },
      { name: say('moderator'), value: moderator === '' ? say('sample.nobody') : moderator },
      { name: say('state'), value: say(`state.${state}`) },
      { name: say('as-at'), value: exactTime(source.at, language) },
    ], { columns: 2 });
    facts(paper, [
      { name: say('maximum'), value: shown(component.maximum) },
      { name: say('tolerance'), value: `±${tolerance}` },
      { name: say('sample'), value: counted(rows.length) },
      { name: say('sample.remaining'), value: counted(remaining) },
    ], { columns: 4 });
    paper.y += 4;
    if (rows.length === 0) return paragraph(paper, say('sample.none'), STYLES.quiet);
    table(
      paper,
      [
        ...(isConsortium ? [{ head: say('centre'), share: 1.1 }] : []),
        { head: say('candidate'), share: 1.4 },
        { head: say('name'), share: 3.6 },
        { head: say('sample.group'), share: 1.2 },
        { head: say('centre-mark'), share: 1.3, align: 'right' },
        { head: say('moderator-mark'), share: 1.4, align: 'right' },
        { head: say('sample.difference'), share: 1.5, align: 'right' },
      ],
      rows.map((row) => rowOf(row, { say, tolerance, isConsortium })),
    );
  });
}

interface Around {
  readonly say: Say;
  readonly tolerance: number;
  readonly isConsortium: boolean;
}

function rowOf(row: SampleSheetModel['rows'][number], { say, tolerance, isConsortium }: Around): Row {
  const { centre, candidate, name, teachingGroup, centreMark, moderatorMark, isReceived } = row;
  const difference = moderatorMark === undefined || typeof centreMark !== 'number' ? undefined : moderatorMark - centreMark;
  const isOutside = difference !== undefined && Math.abs(difference) > tolerance;
  const said = difference === undefined ? '' : `${isOutside ? '◆ ' : ''}${signed(difference)}`;
  const last = isReceived ? said : say('sample.not-received');
  const cells = [candidate, name, teachingGroup, shown(centreMark), shown(moderatorMark), last];
  return { cells: isConsortium ? [centre, ...cells] : cells, isStrong: isOutside };
}
