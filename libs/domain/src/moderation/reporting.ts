/** The report to the centre: saved as often as one likes, completed when its three parts are written. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import { isTextReference } from '../text.js';
import type { CommandOf } from './commands.js';
import type { ModerationEvent, ReportTexts } from './events.js';
import { notOpen, notYours } from './ownership.js';
import type { ModerationRefusal } from './refusal.js';
import type { Moderation } from './state.js';

type Decided = Decision<ModerationEvent, ModerationRefusal>;

export function saveReport(command: CommandOf<'SaveReport'>, state: Moderation): Decided {
  const refused = notYours(state, command) ?? notOpen(state) ?? malformed(command.report);
  if (refused !== undefined) return refused;
  const { report } = command;
  if (state.report !== undefined && same(state.report.texts, report)) return accept();
  if (state.report?.isCompleted === true) return refuse({ reason: 'ReportCompleted' });
  return accept({ type: 'CentreReportSaved', data: { moderator: command.actor, report } });
}

export function completeReport(command: CommandOf<'CompleteReport'>, state: Moderation): Decided {
  const refused = notYours(state, command) ?? notOpen(state) ?? malformed(command.report);
  if (refused !== undefined) return refused;
  const { report } = command;
  const missing = REQUIRED.filter((field) => report[field] === undefined);
  if (missing.length > 0) return refuse({ reason: 'ReportIncomplete', fields: missing });
  if (state.report?.isCompleted === true) {
    return same(state.report.texts, report) ? accept() : refuse({ reason: 'ReportCompleted' });
  }
  const data = { moderator: command.actor, report, centres: state.centres.length };
  return accept({ type: 'CentreReportCompleted', data });
}

export function reopenReport(command: CommandOf<'ReopenReport'>, state: Moderation): Decided {
  const refused = notYours(state, command) ?? notOpen(state);
  if (refused !== undefined) return refused;
  if (state.report?.isCompleted !== true) return accept();
  const data = { moderator: command.actor, centres: state.centres.length };
  return accept({ type: 'CentreReportReopened', data });
}

/** Comments are free. */
const REQUIRED = ['accuracy', 'administration', 'tasks'] as const;
const FIELDS = [...REQUIRED, 'comments'] as const;

function malformed(report: ReportTexts): { readonly refused: ModerationRefusal } | undefined {
  const field = FIELDS.find((name) => {
    const text = report[name];
    return text !== undefined && !isTextReference(text);
  });
  if (field !== undefined) return refuse({ reason: 'SettingMalformed', field });
  const isKnown = report.language === 'en' || report.language === 'cy';
  return isKnown ? undefined : refuse({ reason: 'SettingMalformed', field: 'language' });
}

/** By what the texts say: written again word for word, nothing has changed. */
function same(one: ReportTexts, other: ReportTexts): boolean {
  return one.language === other.language && FIELDS.every((field) => one[field]?.sha256 === other[field]?.sha256);
}
