/** "Moderator Mark Input" or "Electronic Mark Input" of one component, as it would be printed. */
import type { MarkingCounts, ModeratingCounts, SummaryModel } from '../models.js';
import { heading, paragraph } from '../pdf/blocks.js';
import { facts } from '../pdf/facts.js';
import { STYLES } from '../pdf/look.js';
import { table } from '../pdf/table.js';
import type { Rendered } from '../rendered.js';
import { counted, exactTime, shown } from '../texts/figures.js';
import type { MessageId, Say } from '../texts/say.js';
import { en } from '../texts/say.js';
import { roleOf } from './role.js';
import { sheet } from './sheet.js';

export function summary(model: SummaryModel): Promise<Rendered> {
  const { counts, centres, person, role, member, deadline, source, language, component } = model;
  const kind = counts.of === 'marking' ? 'summary.kind.EMI' : 'summary.kind.IAMIS';
  return sheet(model, (say) => say(kind), ({ paper, say }) => {
    facts(paper, [
      { name: say('summary.person'), value: person },
      { name: say('summary.work-as'), value: roleOf(say, role, counts.of) },
      ...(member === undefined ? [] : [{ name: say('summary.part-of'), value: member }]),
      { name: say('deadline'), value: exactTime(deadline, language) },
      { name: say('maximum'), value: shown(component.maximum) },
      { name: say('as-at'), value: exactTime(source.at, language) },
    ], { columns: 3 });
    paper.y += 4;
    const columns = columnsOf(counts);
    const heads = columns.map((name) => ({ head: say(`count.${name}`), share: 1, align: 'right' as const }));
    table(paper, heads, [{ cells: cellsOf(counts, columns), isStrong: true }]);
    heading(paper, say('summary.centres'));
    if (centres.length === 0) return paragraph(paper, say('summary.none'), STYLES.quiet);
    const each = columns.filter((name) => name !== 'totalCentres');
    table(
      paper,
      [{ head: say('centre'), share: 1 }, { head: say('name'), share: 3 }, ...each.map((name) => ({ head: headOf(say, name), share: 1.25, align: 'right' as const }))],
      [
        ...centres.map((one) => ({ cells: [one.centre, one.name, ...cellsOf(one.counts, each)] })),
        { cells: ['', say('total'), ...cellsOf(counts, each)], isStrong: true },
      ],
    );
  });
}

type Name = Exclude<keyof MarkingCounts | keyof ModeratingCounts, 'of'>;

const MARKING = ['allocated', 'left', 'outstanding', 'entered', 'submitted'] as const satisfies readonly Name[];
const MODERATING = [
  'totalCentres', 'totalSampleCandidates', 'totalReportsCompleted', 'reviewRemaining', 'totalEntered', 'totalCfAbs', 'totalNewMarks',
] as const satisfies readonly Name[];

const columnsOf = ({ of }: SummaryModel['counts']): readonly Name[] => (of === 'marking' ? MARKING : MODERATING);

function cellsOf(counts: SummaryModel['counts'], names: readonly Name[]): readonly string[] {
  const all: Readonly<Record<string, unknown>> = { ...counts };
  return names.map((name) => counted(Number(all[name])));
}

/** Of a single centre nothing is a total. */
function headOf(say: Say, name: Name) {
  const ownWord = `centre-count.${name}`;
  return say((ownWord in en ? ownWord : `count.${name}`) as MessageId);
}
