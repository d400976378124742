/** How far is each centre of a unit, who has it, and what came of it? A document is a centre or a whole consortium. */
import type { Flag, Outcome } from '../adjustment/outcome.js';
import type { CandidateAt, ModerationEvent } from '../moderation/events.js';
import type { Phase } from '../moderation/state.js';
import type { PortalEvent } from '../streams.js';
import { sheetOfStream, STREAMS_OF } from '../streams.js';
import { changeOf } from './moderating-counts.js';
import type { View } from './view.js';
import { known } from './view.js';

export interface CentreCounts {
  readonly centre: string;
  readonly entered: number;
  readonly cfAbs: number;
  readonly sample: number;
  readonly remaining: number;
}

export interface IamisCentresDocument {
  readonly component: string;
  /** The leading one, after which the stream is named. */
  readonly centre: string;
  readonly moderator?: string;
  readonly state: Phase;
  readonly reportCompleted: boolean;
  /** Of the outcome in force; absent before there is one. */
  readonly outcome?: Outcome['stage'];
  readonly flags: readonly Flag[];
  /** Submitted after the deadline then in force. */
  readonly late: boolean;
  readonly centres: readonly CentreCounts[];
}

/** One line of the list: centres of a consortium are told apart, what they share stands with each. */
export interface IamisCentreRow extends CentreCounts, Omit<IamisCentresDocument, 'centre' | 'centres'> {}

/** List `COMPONENT/` for all of a unit. */
export const iamisCentresKey = (component: string, centre: string): string => `${component}/${centre}`;

const TYPES = (Object.keys(STREAMS_OF) as PortalEvent['type'][]).filter((type) =>
  STREAMS_OF[type].some((stream) => stream === 'moderation-'),
);
/** What moves nothing in the list. */
const UNLISTED: readonly PortalEvent['type'][] = [
  'ModeratorMarkCorrected',
  'FurtherSampleRequested',
  'CentreMarkChangeRequested',
  'CentreMarkChangeRefused',
  'CentreReportSaved',
  'OutcomeChosen',
];

export const iamisCentres: View<IamisCentresDocument> = {
  name: 'iamis-centres',
  version: 1,
  types: TYPES.filter((type) => !UNLISTED.includes(type)),
  keys({ type, stream }) {
    if (!iamisCentres.types.some((one) => one === type)) return [];
    const { component, centre } = sheetOfStream(stream);
    return [iamisCentresKey(component, centre)];
  },
  evolve(key, before, event) {
    const last = key.lastIndexOf('/');
    const document = before ?? { ...NEW, component: key.slice(0, last), centre: key.slice(last + 1) };
    const happened = known(event) as ModerationEvent;
    return { ...counted(document, happened), ...standing(happened) };
  },
};

export function iamisCentreRows({ centre: _, centres, ...shared }: IamisCentresDocument): readonly IamisCentreRow[] {
  return centres.map((counts) => ({ ...shared, ...counts }));
}

const NEW = { state: 'awaiting-marks', reportCompleted: false, flags: [], late: false, centres: [] } as const;
const NO_COUNTS = { entered: 0, cfAbs: 0, sample: 0, remaining: 0 } as const;
const NO_OUTCOME = { outcome: undefined, flags: [], late: false } as const;

/** What the event says of the whole, whatever was before. */
function standing(event: ModerationEvent): Partial<IamisCentresDocument> {
  switch (event.type) {
    case 'ModeratorAllocated':
      return { moderator: event.data.moderator };
    case 'ModeratorReallocated':
      return { moderator: event.data.to };
    case 'CentreMarksReceived':
      return { state: 'receiving' };
    case 'CentreMarksSubmitted':
      return { state: 'reviewing' };
    case 'ModerationClosed':
      return { state: 'nothing-to-moderate' };
    case 'FurtherSampleDrawn':
    case 'OutcomeReturned':
      return { state: 'reviewing', ...NO_OUTCOME };
    case 'CentreReportCompleted':
      return { reportCompleted: true };
    case 'CentreReportReopened':
      return { reportCompleted: false };
    case 'OutcomeComputed':
      return { outcome: event.data.stage, flags: event.data.flags };
    case 'ModerationSubmitted':
      return { state: 'submitted', late: event.data.late };
    case 'OutcomeApproved':
      return { state: 'approved' };
    case 'CentreMarksReturned':
      return { state: 'receiving', reportCompleted: false, ...NO_OUTCOME };
    default:
      return {};
  }
}

function counted(document: IamisCentresDocument, event: ModerationEvent): IamisCentresDocument {
  switch (event.type) {
    case 'ModeratorAllocated':
      return withCentres(document, event.data.centres);
    case 'CentreMarksReceived':
      return moved(withCentres(document, event.data.centres), event.data.centre, changeOf(event));
    case 'SampleDrawn':
    case 'FurtherSampleDrawn':
      return event.data.candidates.reduce(joined, document);
    case 'SampleCandidateReplaced':
      return joined(left(document, event.data.out, event.data.was), event.data.in);
    case 'ModeratorMarkEntered':
    case 'ModeratorMarkCleared':
    case 'WorkNotReceived':
    case 'WorkReceived':
    case 'CentreMarkAmended':
    case 'LateCentreMarkReceived':
      return moved(document, event.data.centre, changeOf(event));
    case 'CentreMarksReturned':
      return { ...document, centres: document.centres.map((one) => ({ ...one, sample: 0, remaining: 0 })) };
    default:
      return document;
  }
}

function withCentres(document: IamisCentresDocument, numbers: readonly string[]): IamisCentresDocument {
  const fresh = numbers.filter((centre) => document.centres.every((one) => one.centre !== centre));
  return { ...document, centres: [...document.centres, ...fresh.map((centre) => ({ centre, ...NO_COUNTS }))] };
}

function joined(document: IamisCentresDocument, { centre }: CandidateAt): IamisCentresDocument {
  return moved(document, centre, { sample: 1, remaining: 1 });
}

function left(document: IamisCentresDocument, { centre }: CandidateAt, was: 'blank' | 'not-received'): IamisCentresDocument {
  return moved(document, centre, { sample: -1, remaining: was === 'blank' ? -1 : 0 });
}

function moved(
  document: IamisCentresDocument,
  centre: string,
  { entered = 0, cfAbs = 0, sample = 0, remaining = 0 }: Partial<CentreCounts> = {},
): IamisCentresDocument {
  const centres = document.centres.map((one) => {
    if (one.centre !== centre) return one;
    return {
      centre,
      entered: one.entered + entered,
      cfAbs: one.cfAbs + cfAbs,
      sample: one.sample + sample,
      remaining: one.remaining + remaining,
    };
  });
  return { ...document, centres };
}
