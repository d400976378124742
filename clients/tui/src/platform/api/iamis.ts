import type * as Wire from '@portal/contract';
import type { CandidateCommand, CandidatePlace, Command, ImportCommand, Read } from './api.js';
import type { ApiResult } from './result.js';
import type { reader, writer } from './routes.js';

/** Moderation as typed calls. `centre` may be any centre of a consortium. */
export interface IamisApi {
  readonly summaries: (read?: Read) => Promise<ApiResult<readonly Wire.IamisSummary[]>>;
  readonly summary: (component: string, read?: Read) => Promise<ApiResult<Wire.IamisSummary>>;
  readonly centres: (component: string, read?: Read) => Promise<ApiResult<readonly Wire.IamisCentre[]>>;
  readonly sample: (at: CentrePlace, read?: Read) => Promise<ApiResult<Wire.IamisSample>>;
  readonly report: (at: CentrePlace, read?: Read) => Promise<ApiResult<Wire.CentreReport>>;
  readonly outcome: (at: CentrePlace, read?: Read) => Promise<ApiResult<Wire.IamisOutcome>>;
  readonly changes: (at: CentrePlace, read?: Read) => Promise<ApiResult<readonly Wire.CentreMarkChange[]>>;
  /** Records nothing. */
  readonly whatIf: (at: CentrePlace, body: Wire.WhatIf, read?: Pick<Read, 'capacity'>) => Promise<ApiResult<readonly Wire.Comparison[]>>;

  readonly review: (at: CandidatePlace, body: Wire.ReviewMark, command: CandidateCommand) => Promise<ApiResult<Wire.MarkReviewedAs>>;
  readonly work: (at: CandidatePlace, body: Wire.Work, command: CandidateCommand) => Recorded;
  readonly replace: (at: CandidatePlace, body: Wire.Reasoned, command: CandidateCommand) => Recorded;
  readonly askForChange: (at: CandidatePlace, body: Wire.ChangeWanted, command: Command) => Recorded;
  readonly decideChange: (at: CentrePlace, change: number, body: Wire.ChangeDecision, command: Command) => Recorded;
  readonly furtherSample: (at: CentrePlace, body: Wire.FurtherSample, command: Command) => Recorded;
  readonly saveReport: (at: CentrePlace, body: Wire.SaveReport, command: Command) => Recorded;
  readonly reopenReport: (at: CentrePlace, command: Command) => Recorded;
  readonly submit: (at: CentrePlace, command: Command) => Recorded;
  readonly approve: (at: CentrePlace, body: Wire.Approval, command: Command) => Recorded;
  readonly giveBack: (at: CentrePlace, body: Wire.Return, command: Command) => Recorded;
  readonly choose: (at: CentrePlace, body: Wire.Choose, command: Command) => Recorded;
  readonly reallocate: (at: CentrePlace, body: Wire.ReallocateModerator, command: Command) => Recorded;
  /** A whole file in one request: all of it or nothing. */
  readonly importMarks: (component: string, body: Wire.CentreMarksFile, command: Omit<ImportCommand, 'dryRun'>) => Promise<ApiResult<Wire.CentreMarksAnswer>>;
}

export interface CentrePlace {
  readonly component: string;
  readonly centre: string;
}

type Recorded = Promise<ApiResult<Wire.IamisRecorded>>;

const SLOW_MS = 60_000;

export function iamisApi(read: ReturnType<typeof reader>, write: ReturnType<typeof writer>): IamisApi {
  const post = <T>(path: string, body: unknown, command: Partial<CandidateCommand>) => write<T>({ method: 'POST', path, body }, command);
  const of = (component: string): string => `/iamis/${encodeURIComponent(component)}`;
  const at = ({ component, centre }: CentrePlace, what: string): string => `${of(component)}/centres/${encodeURIComponent(centre)}/${what}`;
  const about = (place: CandidatePlace, what: string): string => at(place, `candidates/${encodeURIComponent(place.candidate)}/${what}`);
  return {
    summaries: (options) => read('/iamis', options),
    summary: (component, options) => read(of(component), options),
    centres: (component, options) => read(`${of(component)}/centres`, options),
    sample: (place, options) => read(at(place, 'sample'), options),
    report: (place, options) => read(at(place, 'report'), options),
    outcome: (place, options) => read(at(place, 'outcome'), options),
    changes: (place, options) => read(at(place, 'changes'), options),
    whatIf: (place, body, options = {}) => post(at(place, 'what-if'), body, options.capacity === undefined ? {} : { capacity: options.capacity }),
    review: (place, body, command) => write({ method: 'PUT', path: about(place, 'mark'), body }, command),
    work: (place, body, command) => post(about(place, 'work'), body, command),
    replace: (place, body, command) => post(about(place, 'replacement'), body, command),
    askForChange: (place, body, command) => post(about(place, 'change'), body, command),
    decideChange: (place, change, body, command) => post(at(place, `changes/${change}`), body, command),
    furtherSample: (place, body, command) => post(at(place, 'further-sample'), body, command),
    saveReport: (place, body, command) => write({ method: 'PUT', path: at(place, 'report'), body }, command),
    reopenReport: (place, command) => post(at(place, 'report/reopening'), {}, command),
    submit: (place, command) => post(at(place, 'submission'), {}, command),
    approve: (place, body, command) => post(at(place, 'approval'), body, command),
    giveBack: (place, body, command) => post(at(place, 'return'), body, command),
    choose: (place, body, command) => post(at(place, 'choice'), body, command),
    reallocate: (place, body, command) => post(at(place, 'reallocation'), body, command),
    importMarks: (component, body, command) =>
      write({ method: 'POST', path: `/admin/components/${encodeURIComponent(component)}/centre-marks`, body, timeoutMs: SLOW_MS }, command),
  };
}
