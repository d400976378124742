/** What was submitted, when, and where in the log that stands. */
import type { ReceiptModel } from '../models.js';
import { heading, paragraph } from '../pdf/blocks.js';
import { facts } from '../pdf/facts.js';
import { STYLES } from '../pdf/look.js';
import { table } from '../pdf/table.js';
import type { Rendered } from '../rendered.js';
import { counted, exactTime } from '../texts/figures.js';
import type { MessageId } from '../texts/say.js';
import { en } from '../texts/say.js';
import type { Sheet } from './sheet.js';
import { sheet } from './sheet.js';

export function receipt(model: ReceiptModel): Promise<Rendered> {
  const { language, person, recordedAt, position, marks, absent, late, logHead, sheets } = model;
  const sum = sheets.reduce((all, { total }) => all + total, 0);
  return sheet(model, (say) => say('receipt.kind'), (on) => {
    const { paper, say } = on;
    facts(paper, [
      { name: say('receipt.number'), value: model.receipt },
      { name: say('receipt.person'), value: person },
      { name: say('receipt.recorded'), value: exactTime(recordedAt, language) },
      { name: say('receipt.marks'), value: counted(marks) },
      { name: say('absent'), value: counted(absent) },
      { name: say('receipt.sum'), value: counted(sum) },
    ], { columns: 3 });
    facts(paper, [
      { name: say('receipt.position'), value: position },
      { name: say('receipt.log-head'), value: logHead === undefined ? say('receipt.no-log-head') : `${logHead.position} · ${logHead.hash}` },
    ], { columns: 1 });
    if (late) paragraph(paper, say('receipt.late'), STYLES.strong);
    paragraph(paper, say('receipt.locked'), STYLES.quiet);
    heading(paper, say('receipt.sheets'));
    table(
      paper,
      [
        { head: say('centre'), share: 1 },
        { head: say('name'), share: 4 },
        { head: say('receipt.marks'), share: 1.2, align: 'right' },
        { head: say('absent'), share: 1.2, align: 'right' },
        { head: say('receipt.sum'), share: 1.8, align: 'right' },
      ],
      [
        ...sheets.map(({ centre, name, ...one }) => ({ cells: [centre, name, counted(one.marks), counted(one.absent), counted(one.total)] })),
        { cells: ['', say('total'), counted(marks), counted(absent), counted(sum)], isStrong: true },
      ],
    );
    if (model.leftOut.length > 0) leftOut(on, model.leftOut);
  });
}

function leftOut({ paper, say }: Sheet, rows: ReceiptModel['leftOut']): void {
  heading(paper, say('receipt.left-out'));
  paragraph(paper, say('receipt.left-out.why'));
  table(
    paper,
    [{ head: say('centre'), share: 1 }, { head: say('candidate'), share: 1 }, { head: say('reason'), share: 3 }],
    rows.map(({ centre, candidate, why }) => {
      const id = `receipt.why.${why}`;
      return { cells: [centre, candidate, id in en ? say(id as MessageId) : why] };
    }),
  );
}
