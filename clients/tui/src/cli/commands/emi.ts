import { Option, type Command } from 'commander';
import type { MarkEntered, Receipt, Sheet } from '@portal/contract';
import { dayAndTime, exactTime, seriesIn } from '../../components/time.js';
import type { CandidateCommand, CandidatePlace } from '../../platform/api/api.js';
import type { Language } from '../../platform/i18n/catalogue.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { inCapacity, type Placed } from '../capacity.js';
import { outcomeOf, type Done, type Outcome, type Say } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';
import { headings, listed, table } from '../table.js';
import { candidateCommand, expecting, onCandidate, type ExpectOption } from './candidate-command.js';
import { addHistory } from './history.js';
import { addEmiImport } from './emi-import.js';

export function addEmi(program: Command, workshop: Workshop): void {
  const emi = workshop.add(program, 'emi', 'cli.command.emi');
  workshop.served(emi, listComponents);
  workshop.served(workshop.add(emi, 'sheets <component>', 'cli.command.emi.sheets'), inCapacity(listSheets));
  workshop.served(workshop.add(emi, 'sheet <component> <centre>', 'cli.command.emi.sheet'), inCapacity(showSheet));
  addEntering(emi, workshop);
  addSubmit(emi, workshop);
  addEmiImport(emi, workshop);
  addHistory(program, workshop);
  workshop.served(workshop.add(program, 'services', 'cli.command.services'), listServices);
}

function addEntering(emi: Command, workshop: Workshop): void {
  const { add, served, say } = workshop;
  const enter = add(emi, `enter ${onCandidate} <mark>`, 'cli.command.emi.enter');
  enter.option('--confirm', say('cli.option.confirm'));
  served<{ confirm?: true; expect?: string }>(expecting(enter, workshop), inCapacity(at =>
    changing(at, (place, command) => {
      const typed = { mark: at.words[3]!, enteredAt: new Date().toISOString() };
      return at.api.enterMark(place, { ...typed, ...(at.options.confirm && { confirmed: true }) }, command);
    }),
  ));
  const verify = add(emi, `verify ${onCandidate} <mark>`, 'cli.command.emi.verify').addOption(
    new Option('--keep <which>', say('cli.option.keep')).choices(['first', 'second']),
  );
  served<{ keep?: 'first' | 'second'; expect?: string }>(expecting(verify, workshop), inCapacity(at =>
    changing(at, (place, command) =>
      at.api.verify(place, { mark: at.words[3]!, ...(at.options.keep && { keep: at.options.keep }) }, command),
    ),
  ));
  const flag = add(emi, `flag ${onCandidate}`, 'cli.command.emi.flag').option('--off', say('cli.option.off'));
  served<{ off?: true; expect?: string }>(expecting(flag, workshop), inCapacity(at =>
    changing(at, (place, command) => at.api.flag(place, at.options.off !== true, command)),
  ));
}

type Change = (place: CandidatePlace, command: CandidateCommand) => ReturnType<Placed<object>['api']['enterMark']>;

async function changing(at: Placed<ExpectOption>, change: Change): Promise<Outcome> {
  const given = candidateCommand(at);
  if ('kind' in given) return given;
  return outcomeOf(await repeatWhileUnknown(() => change(given.place, given.command)), at, entered);
}

function entered(answer: MarkEntered): Done {
  const { candidate, event } = answer;
  return {
    kind: 'done',
    document: answer,
    text: say =>
      event === null
        ? say('cli.unchanged', { candidate })
        : say('cli.recorded', { candidate, mark: answer.mark ?? say('cli.not-entered') }),
  };
}

function addSubmit(emi: Command, { add, served, withCommandId, say }: Workshop): void {
  const submit = add(emi, 'submit <component>', 'cli.command.emi.submit')
    .option('--centre <number>', say('cli.option.centre'))
    .option('--confirm', say('cli.option.confirm'));
  served<{ centre?: string; confirm?: true }>(withCommandId(submit), inCapacity(async at => {
    const { centre, confirm } = at.options;
    const body = { ...(centre !== undefined && { centre }), ...(confirm && { confirmed: true }) };
    const command = { commandId: at.commandId, capacity: at.capacity };
    const result = await repeatWhileUnknown(() => at.api.submit(at.words[0]!, body, command));
    return outcomeOf(result, at, value => receipt(value, at.context.language));
  }));
}

function receipt(document: Receipt, language: Language): Done {
  const { marks, absent } = document;
  const at = exactTime(document.recordedAt, language);
  return {
    kind: 'done',
    document,
    text: say =>
      [
        say('cli.receipt', { receipt: document.receipt, marks, absent, at }),
        ...document.leftOut.map(({ centre, candidate, why }) =>
          say('cli.left-out', { centre, candidate, why: sanitise(why) }),
        ),
      ].join('\n'),
  };
}

const COUNTS = ['allocated', 'left', 'outstanding', 'entered', 'submitted'] as const;

async function listComponents(at: Served<object>): Promise<Outcome> {
  const { language } = at.context;
  return outcomeOf(await at.read(() => at.api.emi()), at, rows => {
    const document = rows.map(row => ({ ...row, title: row.titles?.[language] || row.title }));
    // For people a deadline is the board's time, not the machine's, and a month has a name in their language.
    const shown = document.map(row => ({ ...row, series: seriesIn(row.series, language), deadline: dayAndTime(row.deadline, language) }));
    return listed(document, ['component', 'series', 'title', 'deadline', ...COUNTS], shown);
  });
}

async function listSheets(at: Placed<object>): Promise<Outcome> {
  return outcomeOf(await at.read(() => at.api.sheets(at.words[0]!, { capacity: at.capacity })), at, rows =>
    listed(rows, ['centre', 'name', ...COUNTS], rows),
  );
}

async function showSheet(at: Placed<object>): Promise<Outcome> {
  return outcomeOf(await at.read(() => at.api.sheet(at.words[0]!, at.words[1]!, { capacity: at.capacity })), at, sheet => ({
    kind: 'done',
    document: sheet,
    text: say => sheetText(say, sheet),
  }));
}

const STATES = {
  blank: 'mark-entry.state.blank',
  outstanding: 'mark-entry.state.outstanding',
  entered: 'cli.sheet.entered',
  submitted: 'mark-entry.state.locked',
} as const;

function sheetText(say: Say, sheet: Sheet): string {
  const heading = `${sheet.component}  ${sheet.centre}  ${sanitise(sheet.name)}  0–${sheet.maximum}`;
  const rows = sheet.candidates.map(({ candidate, name, state, mark, savedAt, revision }) => [
    candidate, name, say(STATES[state]), mark === null ? '' : String(mark), savedAt, revision,
  ]);
  return `${heading}\n${table(say, headings(['candidate', 'name', 'state', 'mark', 'savedAt', 'revision']), rows)}`;
}

async function listServices(at: Served<object>): Promise<Outcome> {
  return outcomeOf(await at.read(() => at.api.services()), at, rows => ({
    kind: 'done',
    document: rows,
    text: say =>
      table(
        say,
        headings(['section', 'service', 'waiting']),
        rows.map(row => [say(`cli.section.${row.section}`), row.service.toUpperCase(), row.waiting]),
      ),
  }));
}
