import type { Document, DocumentOffer } from '@portal/contract';
import { EMPTY_FIELD, editField } from '../../components/field.js';
import { EMPTY_LIST } from '../../components/list.js';
import type { Key } from '../../platform/input/key.js';
import { keyName, type CommonEffect, type Services, type Update } from '../../platform/screen.js';
import type { DocumentsEffect, DocumentsMessage, DocumentsState } from './documents.state.js';
import { capacityIn, choicesOf, faultIn, isTyped, offerKey, offersIn, wantedIn, type Choices, type NewDocument } from './new-document.state.js';

/** What the keys do while a document is being asked for. */

type Next = Update<DocumentsState, DocumentsEffect | CommonEffect>;
type Of<T extends DocumentsMessage['type']> = Extract<DocumentsMessage, { type: T }>;

/** What was typed before is there still. */
export function openForm(state: DocumentsState): Next {
  return stay({ ...state, isFormOpen: true, form: { ...state.form, problem: undefined } }, { type: 'documents/offers' });
}

export function formMessage(state: DocumentsState, message: Of<'offers' | 'offers-refused' | 'asked' | 'not-asked'>): Next {
  switch (message.type) {
    case 'offers':
      return stay({ ...state, offers: message.offers });
    case 'offers-refused':
      return stay({ ...state, form: { ...state.form, problem: message.sentence } });
    case 'asked':
      return asked(state, message);
    case 'not-asked':
      return notAsked(state, message);
  }
}

export function inForm(state: DocumentsState, key: Key, services: Services): Next {
  const name = key.kind === 'key' ? keyName(key) : '';
  if (name === 'escape') return stay({ ...state, isFormOpen: false });
  if (state.offers === undefined) return name === 'enter' && state.form.problem !== undefined ? openForm(state) : stay(state);
  if (state.form.asking !== undefined) return stay(state);
  const choices = choicesOf(state.form, offersIn(state.offers, services.workAs), services.language);
  if (name === 'enter') return ask(state, choices, services);
  const moved = STEPS[name];
  const form = moved === undefined ? edited(state.form, key, choices) : toField(state.form, moved, choices);
  return form === undefined ? stay(state, { type: 'bell' }) : stay({ ...state, form: { ...form, problem: undefined } });
}

const STEPS: Readonly<Record<string, number>> = { tab: 1, down: 1, 'shift-tab': -1, up: -1 };

/** What was chosen by typing stays chosen, and nothing is hidden any more. */
function toField(form: NewDocument, by: number, { fields, offer }: Choices): NewDocument {
  const focus = fields[(fields.indexOf(form.focus) + by + fields.length) % fields.length] ?? 'component';
  return offer === undefined ? { ...form, focus } : { ...form, focus, typed: EMPTY_FIELD, offer: offerKey(offer) };
}

/** Undefined where the key means nothing in this field. */
function edited(form: NewDocument, key: Key, choices: Choices): NewDocument | undefined {
  const { focus } = form;
  if (isTyped(focus)) {
    const field = editField(form[focus], key);
    return field && { ...form, [focus]: field };
  }
  const by = key.kind === 'key' ? TURNS[keyName(key)] : undefined;
  if (by !== undefined && !(focus === 'component' && keyName(key as never) === 'space')) return turned(form, by, choices);
  if (focus !== 'component') return undefined;
  const typed = editField({ ...form.typed, cursor: [...form.typed.text].length }, key);
  return typed && { ...form, typed };
}

const TURNS: Readonly<Record<string, number>> = { left: -1, right: 1, space: 1 };

function turned(form: NewDocument, by: number, choices: Choices): NewDocument {
  const { offers, offer, kinds, kind, languages, language, formats, format } = choices;
  switch (form.focus) {
    case 'component':
      return { ...form, offer: next(offers.map(offerKey), offer && offerKey(offer), by) };
    case 'kind':
      return { ...form, kind: next(kinds, kind, by) };
    case 'language':
      return { ...form, language: next(languages, language, by) };
    default:
      return { ...form, format: next(formats, format, by) };
  }
}

function next<T>(all: readonly T[], now: T | undefined, by: number): T | undefined {
  const at = now === undefined ? 0 : all.indexOf(now);
  return all[(at + by + all.length) % all.length];
}

function ask(state: DocumentsState, choices: Choices, services: Services): Next {
  const { form } = state;
  const fault = faultIn(form, choices);
  if (fault !== undefined) return stay({ ...state, form: { ...form, ...fault } }, { type: 'bell' });
  const { offer } = choices as { readonly offer: DocumentOffer };
  const commandId = services.newId();
  const effect: DocumentsEffect = { type: 'documents/request', wanted: wantedIn(form, choices), capacity: capacityIn(offer, services.workAs), commandId };
  return stay({ ...state, form: { ...form, offer: offerKey(offer), typed: EMPTY_FIELD, problem: undefined, asking: commandId } }, effect);
}

/** On top of the list, under the cursor; the next one is likely to be of the same component. */
function asked(state: DocumentsState, { commandId, document, sentence }: Of<'asked'>): Next {
  const isThisForm = state.form.asking === commandId;
  const form: NewDocument = isThisForm ? { ...state.form, centre: EMPTY_FIELD, candidate: EMPTY_FIELD, receipt: EMPTY_FIELD, focus: 'component', asking: undefined } : state.form;
  const next = { ...state, form, isFormOpen: state.isFormOpen && !isThisForm, list: EMPTY_LIST, waited: 0, documents: onTop(state.documents, document) };
  return stay(next, { type: 'say', sentence, as: 'ok' });
}

function onTop(documents: DocumentsState['documents'], document: Document): DocumentsState['documents'] {
  return documents && [documents.find((one) => one.document === document.document) ?? document, ...documents.filter((one) => one.document !== document.document)];
}

function notAsked(state: DocumentsState, { commandId, sentence }: Of<'not-asked'>): Next {
  if (state.form.asking !== commandId) return stay(state, { type: 'bell' }, { type: 'say', sentence, as: 'warning' });
  const next: DocumentsState = { ...state, form: { ...state.form, asking: undefined, problem: sentence } };
  return state.isFormOpen ? stay(next, { type: 'bell' }) : stay(next, { type: 'bell' }, { type: 'say', sentence, as: 'warning' });
}

function stay(state: DocumentsState, ...effects: readonly (DocumentsEffect | CommonEffect)[]): Next {
  return { state, effects };
}
