import type { CentreReport, IamisSummary, SaveReport } from '@portal/contract';
import { areaOf, type Area } from '../../components/area.js';
import type { Asking } from './deeds.js';
import type { Looking } from './whose-centre.js';

export const FIELDS = ['accuracy', 'administration', 'tasks', 'comments'] as const;
export type ReportField = (typeof FIELDS)[number];

/** What the service takes of one field. */
export const LONGEST = 4000;

export interface ReportState extends Asking, Looking {
  readonly component: IamisSummary;
  readonly centre: string;
  readonly name: string;
  /** As the service last had it; undefined before it was read. */
  readonly saved: CentreReport | undefined;
  readonly language: 'en' | 'cy';
  readonly areas: Readonly<Record<ReportField, Area>>;
  readonly focus: number;
  /** Esc was pressed over unsaved text: it is saved, and then the page is left. */
  readonly isLeaving: boolean;
}

export function isChanged({ saved, language, areas }: ReportState): boolean {
  return saved !== undefined && (saved.language !== language || FIELDS.some((field) => saved[field] !== areas[field].text));
}

export function asTyped({ language, areas }: ReportState, complete: boolean): SaveReport {
  const texts = Object.fromEntries(FIELDS.filter((field) => areas[field].text !== '').map((field) => [field, areas[field].text]));
  return { language, ...texts, ...(complete && { complete }) };
}

/** The service has it now; what was typed while it was under way stays. */
export function withSaved(state: ReportState, report: SaveReport): ReportState {
  const texts = Object.fromEntries(FIELDS.map((field) => [field, report[field] ?? ''])) as Readonly<Record<ReportField, string>>;
  return { ...state, saved: { language: report.language, ...texts, isCompleted: report.complete === true } };
}

/** Read again, it never replaces what is being typed. */
export function withRead(state: ReportState, report: CentreReport): ReportState {
  if (isChanged(state)) return { ...state, saved: report };
  const areas = Object.fromEntries(FIELDS.map((field) => [field, sameOr(state.areas[field], report[field])])) as ReportState['areas'];
  return { ...state, saved: report, language: report.language, areas };
}

const sameOr = (area: Area, text: string): Area => (area.text === text ? area : areaOf(text));

export const EMPTY_AREAS: ReportState['areas'] = { accuracy: areaOf(''), administration: areaOf(''), tasks: areaOf(''), comments: areaOf('') };
