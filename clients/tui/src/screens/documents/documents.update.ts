import type { Document } from '@portal/contract';
import { editField, EMPTY_FIELD } from '../../components/field.js';
import { EMPTY_LIST, moveList, typeFilter } from '../../components/list.js';
import { safeName } from '../../platform/documents/safe-name.js';
import type { Key } from '../../platform/input/key.js';
import { lookUp, type CommonEffect, type CommonMessage, type Services, type Update } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { DOCUMENTS_KEYS, type Action } from './documents.keys.js';
import {
  isLost, isOnItsWay, selectedOf, shownDocuments,
  type DocumentsEffect, type DocumentsMessage, type DocumentsState, type Saving,
} from './documents.state.js';
import { NO_DOCUMENT } from './new-document.state.js';
import { formMessage, inForm, openForm } from './new-document.update.js';

type Next = Update<DocumentsState, DocumentsEffect | CommonEffect>;

/** Heading, filter, heads of the columns, and what stands below about the selected one. */
export const FIXED_ROWS = 10;
/** While something is on its way: after a ring, so that many of them are one question. */
const AFTER_RING_SECONDS = 2;
/** A ring may be lost, and a stream cut. */
const WITHOUT_RING_SECONDS = 5;
/** Where all is there a ring hardly ever means this page, and on a busy day it rings without end. */
const WHERE_ALL_IS_THERE_SECONDS = 30;

export const documentsStart = (): Next =>
  load({
    documents: undefined, saved: {}, folder: '', list: EMPTY_LIST, saving: undefined, offers: undefined, form: NO_DOCUMENT, isFormOpen: false,
    busy: undefined, problem: undefined, isStale: false, waited: 0,
  });

export function updateDocuments(state: DocumentsState, message: DocumentsMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'loaded':
      return stay(loaded(state, message));
    case 'refused':
      return stay({ ...state, documents: state.documents ?? message.before, problem: message.sentence });
    case 'moved':
      return stay({ ...state, documents: state.documents?.map((one) => (one.document === message.document.document ? later(one, message.document) : one)) });
    case 'offers':
    case 'offers-refused':
    case 'asked':
    case 'not-asked':
      return formMessage(state, message);
    case 'done':
    case 'not-done':
      return ended(state, message);
    case 'resumed':
      return load(state);
    case 'changed':
      return stay({ ...state, isStale: true });
    case 'tick':
      return tick(state);
    case 'action':
      return act(state, message.action as Action, services);
    case 'key':
      return onKey(state, message.key, services);
    default:
      return stay(state);
  }
}

/** What stood under the cursor stands there still, also when a newer one has come on top. */
function loaded(state: DocumentsState, { documents, saved, folder }: Extract<DocumentsMessage, { type: 'loaded' }>): DocumentsState {
  const before = selectedOf(state)?.document;
  const known = new Map(state.documents?.map((one) => [one.document, one]));
  const next = { ...state, saved, folder, problem: undefined, waited: 0, documents: documents.map((one) => later(known.get(one.document), one)) };
  const at = shownDocuments(next).findIndex(({ document }) => document === before);
  return at < 0 ? next : { ...next, list: { ...next.list, selected: at } };
}

/** What is made stays made, unless it was lost: an answer that was overtaken says otherwise. */
const later = (before: Document | undefined, now: Document): Document => (before?.state === 'ready' && now.state !== 'ready' && !isLost(now) ? before : now);

function ended(state: DocumentsState, message: Extract<DocumentsMessage, { type: 'done' | 'not-done' }>): Next {
  const free = state.busy === message.document ? { ...state, busy: undefined } : state;
  const isTyped = state.saving?.document.document === message.document;
  if (message.type === 'not-done') {
    // It may be another now, its file lost or no more theirs: that is looked at soon.
    const read = { ...free, isStale: true, waited: Math.max(free.waited, WHERE_ALL_IS_THERE_SECONDS - AFTER_RING_SECONDS) };
    if (isTyped) return stay({ ...read, saving: { ...state.saving!, problem: message.sentence } }, { type: 'bell' });
    return stay(read, { type: 'bell' }, { type: 'say', sentence: message.sentence, as: 'warning' });
  }
  const saved = message.path === undefined ? state.saved : { ...state.saved, [message.document]: message.path };
  return stay({ ...free, saved, saving: isTyped ? undefined : state.saving }, { type: 'say', sentence: message.sentence, as: 'ok' });
}

function tick(state: DocumentsState): Next {
  const isWaiting = state.documents?.some(isOnItsWay) === true || state.problem !== undefined;
  const waited = state.waited + 1;
  const longEnough = !isWaiting ? WHERE_ALL_IS_THERE_SECONDS : state.isStale ? AFTER_RING_SECONDS : WITHOUT_RING_SECONDS;
  const isTime = (isWaiting || state.isStale) && waited >= longEnough;
  return isTime ? load({ ...state, isStale: false, waited: 0 }) : stay({ ...state, waited });
}

function onKey(state: DocumentsState, key: Key, services: Services): Next {
  if (state.isFormOpen) return inForm(state, key, services);
  if (state.saving !== undefined) return onTyped(state, state.saving, key);
  if (state.list.isTyping) return stay({ ...state, list: typeFilter(state.list, key) });
  const looked = lookUp(DOCUMENTS_KEYS, state, key);
  if (looked === undefined) return stay(state);
  if ('action' in looked) return act(state, looked.action, services);
  return stay(state, { type: 'bell' }, { type: 'say', sentence: looked.sentence, as: 'warning' });
}

function onTyped(state: DocumentsState, saving: Saving, key: Key): Next {
  const name = key.kind === 'key' ? key.name : '';
  if (name === 'escape') return stay({ ...state, saving: undefined });
  if (state.busy !== undefined) return stay(state);
  if (name !== 'enter') return stay({ ...state, saving: { ...saving, field: editField(saving.field, key) ?? saving.field, problem: undefined } });
  const path = saving.field.text.trim();
  if (path === '') return stay({ ...state, saving: { ...saving, problem: { id: 'documents.save.empty' } } }, { type: 'bell' });
  return doing(state, saving.document, { type: 'documents/save', document: saving.document, path });
}

function act(state: DocumentsState, action: Action, services: Services): Next {
  const list = moveList(state.list, action, shownDocuments(state).length, Math.max(1, services.size.rows - FIXED_ROWS));
  if (list !== undefined) return stay({ ...state, list });
  if (action === 'reload') return load(state);
  if (action === 'new') return openForm(state);
  // What was filtered is shown again before the page is left.
  if (action === 'back' && state.list.filter.text !== '') return stay({ ...state, list: EMPTY_LIST });
  if (action === 'back') return stay(state, { type: 'back' });
  const document = selectedOf(state);
  return document === undefined ? stay(state) : withOne(state, document, action, services);
}

function withOne(state: DocumentsState, document: Document, action: Action, services: Services): Next {
  switch (action) {
    case 'save':
      return stay({ ...state, saving: { document, field: pathField(state.folder, document.fileName), problem: undefined } });
    case 'copy':
      return copied(state, state.saved[document.document]!);
    case 'retry':
      return doing(state, document, { type: 'documents/retry', document, commandId: services.newId() });
    case 'open':
    case 'print':
      return doing(state, document, { type: `documents/${action}`, document });
    default:
      return stay(state);
  }
}

function copied(state: DocumentsState, path: string): Next {
  return stay(state, { type: 'copy', text: path }, { type: 'say', sentence: { id: 'documents.copied', values: { path: sanitise(path) } } });
}

function pathField(folder: string, fileName: string): Saving['field'] {
  const text = `${folder}/${safeName(fileName)}`;
  return { ...EMPTY_FIELD, text, cursor: [...text].length };
}

const doing = (state: DocumentsState, { document }: Document, effect: DocumentsEffect): Next => stay({ ...state, busy: document }, effect);
const load = (state: DocumentsState): Next => stay(state, { type: 'documents/load' });

function stay(state: DocumentsState, ...effects: readonly (DocumentsEffect | CommonEffect)[]): Next {
  return { state, effects };
}
