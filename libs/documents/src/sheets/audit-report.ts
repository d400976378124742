/** Every event about a candidate's mark, or about a centre's: who, as what, when, from what to what, and why. */
import type { AuditEntryShown, AuditReportModel } from '../models.js';
import { paragraph } from '../pdf/blocks.js';
import { facts } from '../pdf/facts.js';
import { STYLES } from '../pdf/look.js';
import type { Row } from '../pdf/table.js';
import { table } from '../pdf/table.js';
import type { Rendered } from '../rendered.js';
import { counted, exactTime, shown, stamp } from '../texts/figures.js';
import type { MessageId, Say } from '../texts/say.js';
import { en } from '../texts/say.js';
import { roleOf } from './role.js';
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
        ...(isOfAll ? [{ head: say('candidate'), share: 1.4 }] : []),
        { head: say('audit.person'), share: 2.6 },
        { head: say('audit.where'), share: 2.8 },
        { head: say('audit.from-to'), share: 1.2 },
        { head: say('reason'), share: 2.2 },
        { head: say('audit.position'), share: 3 },
      ],
      entries.map((entry) => rowOf(entry, model, say)),
    );
  }, 'landscape');
}

function rowOf(entry: AuditEntryShown, model: AuditReportModel, say: Say): Row {
  const { recordedAt, type, candidate, from, to, position, event } = entry;
  const change = from === undefined && to === undefined ? '' : `${from === undefined ? '–' : shown(from)} → ${to === undefined ? '–' : shown(to)}`;
  const what = say(`audit.event.${type}`);
  const cells = [stamp(recordedAt, model.language), what, whoOf(entry, model, say), whereFrom(entry, say), change, reasonOf(entry, say), `${position}\n${event}`];
  return { cells: model.candidate === undefined ? cells.toSpliced(2, 0, candidate) : cells };
}

function whoOf({ actor, role, member }: AuditEntryShown, { of }: AuditReportModel, say: Say): string {
  const as = roleOf(say, role, of);
  const capacity = member === undefined ? as : say('audit.as-member', { role: as, member });
  return actor === '' ? capacity : `${actor.startsWith(PROCESS) ? processOf(actor, say) : actor}\n${capacity}`;
}

/** A program of the board's own has no session and proves nothing. */
function whereFrom({ actor, client, authMethod, session }: AuditEntryShown, say: Say): string {
  if (actor.startsWith(PROCESS)) return '';
  const ways = authMethod.split(' ').map((way) => (`audit.amr.${way}` in en ? say(`audit.amr.${way}` as MessageId) : way));
  return [client, ways.join(' + '), say('audit.session', { session })].filter((line) => line !== undefined && line !== '').join('\n');
}

const PROCESS = 'process:';

/** What no person did. */
function processOf(actor: string, say: Say): string {
  const id = `audit.process.${actor.slice(PROCESS.length)}`;
  return say(id in en ? (id as MessageId) : 'audit.process');
}

const reasonOf = ({ type, reason }: AuditEntryShown, say: Say): string => {
  const id = `audit.concern.${reason}`;
  return type === 'ConcernRaised' && id in en ? say(id as MessageId) : reason;
};
