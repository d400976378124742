import type { IamisSample } from '@portal/contract';
import { editField } from '../../components/field.js';
import { lookUp, sentenceWhyNot, type Services } from '../../platform/screen.js';
import type { Key } from '../../platform/input/key.js';
import { answered as deedAnswered, ask, heard, NOT_ASKED, type Asking } from './deeds.js';
import { read, type Deed } from './moderation.messages.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { act } from './review.actions.js';
import { REVIEW_KEYS, type ReviewAction } from './review.keys.js';
import { answered, journaled, notJournaled, withLeft } from './review.marks.js';
import { placeOf, stay, warn, type AnyMessage, type Next, type ReviewMessage } from './review.messages.js';
import { freshRow, hasError, isBlank, keyOf, MARKS, rowAt, type ReviewState, type Row } from './review.state.js';
import { typeInCell } from './review.typing.js';
import type { CentreParams } from './centre-params.js';
import { lookerOf } from './whose-centre.js';

/** The review grid: keys and answers in, the next state and what is to be done out. Pure. */

export function init({ component, centre, name }: CentreParams, services: Services): Next {
  const state: ReviewState = {
    ...NOT_ASKED,
    component,
    centre,
    name,
    sample: undefined,
    verdict: undefined,
    rows: [],
    cursor: 0,
    cell: undefined,
    mode: MARKS,
    undo: [],
    hideNames: false,
    isPlotOpen: false,
    connection: 'online',
    ...lookerOf(component.component, services),
    sampledBefore: undefined,
    isStale: false,
    readAt: services.now,
  };
  return stay(state, read('sample', placeOf(state), services));
}

export function update(before: ReviewState, message: AnyMessage, services: Services): Next {
  const looker = lookerOf(before.component.component, services);
  const isSame = before.workAs === looker.workAs && before.person === looker.person;
  const state = isSame ? before : { ...before, ...looker };
  switch (message.type) {
    case 'key':
      return onKey(heard(state, state.sample !== undefined), message.key, services);
    case 'action':
      return onAction(state, message.action as ReviewAction, services);
    case 'read':
      return message.what === 'sample' ? loaded(state, message.value, services.now) : stay(state);
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'left':
      return stay(withLeft(state, message));
    case 'journaled':
      return stay(journaled(state, message.commandId));
    case 'not-journaled':
      return notJournaled(state, message.mark, message.reason);
    case 'answered':
      return answered(state, message.answer);
    case 'connection':
      return stay({ ...state, connection: message.connection });
    case 'done':
    case 'not-done':
      return settled(state, message, services);
    case 'resumed':
      return stay(state, read('sample', placeOf(state), services));
    case 'changed':
      return stay({ ...state, isStale: true });
    case 'tick':
      return onTick(state, services);
  }
}

/**
 * What was read again touches nothing that is typed, queued or refused, also for a candidate who left the sample; the first
 * time the cursor stands where work goes on.
 */
function loaded(state: ReviewState, sample: IamisSample, now: number): Next {
  const isFirst = state.sample === undefined;
  const known = new Map(state.rows.map((row) => [keyOf(row.saved), row]));
  const rows = sample.candidates.map((saved): Row => {
    const row = known.get(keyOf(saved));
    if (row === undefined) return freshRow(saved);
    return saved.revision < row.saved.revision ? row : { ...row, saved };
  });
  const listed = new Set(rows.map(({ saved }) => keyOf(saved)));
  rows.push(...state.rows.filter((row) => !listed.has(keyOf(row.saved)) && (row.pending.length > 0 || hasError(row))));
  const here = rowAt(state);
  const same = here === undefined ? -1 : rows.findIndex(({ saved }) => keyOf(saved) === keyOf(here.saved));
  const blank = Math.max(0, rows.findIndex(isBlank));
  const onFooter = state.cursor >= state.rows.length;
  const cursor = isFirst ? blank : same >= 0 ? same : onFooter ? rows.length : Math.min(state.cursor, rows.length);
  // What was being typed for a candidate who is gone is nobody else's.
  const cell = here !== undefined && same < 0 ? undefined : state.cell;
  const next: ReviewState = { ...state, sample, rows, cursor, cell, verdict: sample.verdict, isStale: false, readAt: now, problem: undefined };
  if (state.sampledBefore !== undefined) return stay({ ...next, sampledBefore: undefined }, ...cameAndWent(state.sampledBefore, sample));
  if (!isFirst) return cell === state.cell ? stay(next) : warn(next, { id: 'iamis.gone', values: { candidate: here?.saved.candidate ?? '' } });
  return stay(next, { type: 'moderation/listen', at: placeOf(state), centres: sample.consortium.length > 0 ? sample.consortium : [sample.centre] });
}

/** By their numbers, as the grid has them. */
function cameAndWent(before: readonly string[], { candidates }: IamisSample): Next['effects'] {
  const now = candidates.map(keyOf);
  const numbers = (keys: readonly string[]): string => keys.map((key) => sanitise(key.split(' ')[1] ?? key)).join(', ');
  const came = now.filter((key) => !before.includes(key));
  const went = before.filter((key) => !now.includes(key));
  if (came.length === 0 && went.length === 0) return [];
  const values = { came: numbers(came), went: numbers(went), coming: came.length, going: went.length };
  return [{ type: 'say', sentence: { id: 'iamis.came-and-went', values }, as: 'ok' }];
}

function onKey(state: ReviewState, key: Key, services: Services): Next {
  if (state.mode.kind === 'reason') return inReason(state, key, services);
  if (key.kind === 'paste') return stay(state, { type: 'bell' });
  if (state.sample === undefined && key.name !== 'escape') return stay(state, { type: 'bell' });
  const typed = typeInCell(state, key);
  if (typed !== undefined) return typed;
  const looked = lookUp(REVIEW_KEYS, state, key);
  if (looked === undefined) return warn(state, { id: 'frame.no-such-key' });
  return 'action' in looked ? act(state, looked.action, services) : warn(state, looked.sentence);
}

function onAction(state: ReviewState, action: ReviewAction, services: Services): Next {
  const whyNot = sentenceWhyNot(REVIEW_KEYS.find((binding) => binding.action === action)?.whyNot?.(state));
  return whyNot === undefined ? act(state, action, services) : warn(state, whyNot);
}

function inReason(state: ReviewState, key: Key, services: Services): Next {
  const { mode } = state;
  if (mode.kind !== 'reason') return stay(state);
  if (key.kind === 'key' && key.name === 'escape') return stay({ ...state, mode: MARKS });
  if (key.kind === 'key' && key.name === 'enter') {
    const reason = mode.field.text.trim();
    if (reason === '') return warn(state, { id: 'iamis.reason.empty' });
    const deed = deedFor(state, mode.of, reason);
    return deed === undefined ? stay({ ...state, mode: MARKS }) : ask({ ...state, mode: MARKS }, deed, placeOf(state), services);
  }
  return stay({ ...state, mode: { ...mode, field: editField(mode.field, key) ?? mode.field } });
}

function deedFor(state: ReviewState, of: 'work' | 'replace' | 'further', reason: string): Deed | undefined {
  if (of === 'further') return { do: 'further', reason };
  const row = rowAt(state);
  if (row === undefined) return undefined;
  const { centre, candidate: number, revision: expect } = row.saved;
  const candidate = { component: state.component.component, centre, candidate: number };
  return of === 'work' ? { do: 'work', candidate, received: false, reason, expect } : { do: 'replace', candidate, reason, expect };
}

function settled(state: ReviewState, message: Extract<ReviewMessage, { type: 'done' | 'not-done' }>, services: Services): Next {
  const next = deedAnswered<ReviewState & Asking>(state, message);
  if (next.done === undefined) return { state: next.state, effects: next.effects };
  const isRedrawn = next.done.do === 'replace' || next.done.do === 'further';
  const sampledBefore = isRedrawn ? state.sample?.candidates.map(keyOf) : undefined;
  return stay({ ...next.state, sampledBefore }, { type: 'say', sentence: { id: 'iamis.recorded' }, as: 'ok' }, read('sample', placeOf(state), services));
}

/** Read again when the service said that something moved, or could not be read: not in the rush of marks. */
function onTick(state: ReviewState, services: Services): Next {
  const isBusy = state.cell !== undefined || state.rows.some(({ pending }) => pending.length > 0);
  const isDue = (state.isStale && !isBusy) || (state.sample === undefined && state.problem !== undefined);
  if (!isDue || services.now - state.readAt < READ_AGAIN_MS) return stay(state);
  return stay({ ...state, isStale: false, readAt: services.now }, read('sample', placeOf(state), services));
}

const READ_AGAIN_MS = 2_000;

