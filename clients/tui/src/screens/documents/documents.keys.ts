import { LIST_KEYS, type ListAction } from '../../components/list.js';
import type { KeyBinding, WhyNot } from '../../platform/screen.js';
import { selectedOf, type DocumentsState } from './documents.state.js';

export type Action = ListAction | 'open' | 'save' | 'copy' | 'print' | 'retry' | 'new' | 'reload' | 'back';

function needsReady(state: DocumentsState): WhyNot {
  if (state.documents === undefined) return 'why.loading';
  const one = selectedOf(state);
  if (one === undefined) return 'documents.why.none';
  if (state.busy !== undefined) return 'documents.why.busy';
  return one.state === 'ready' ? undefined : 'documents.why.not-ready';
}

const needsPaper = (state: DocumentsState): WhyNot =>
  needsReady(state) ?? (selectedOf(state)?.kind === 'export' ? 'documents.why.not-paper' : undefined);

function needsSaved(state: DocumentsState): WhyNot {
  const one = selectedOf(state);
  if (one === undefined) return 'documents.why.none';
  return state.saved[one.document] === undefined ? 'documents.why.not-saved' : undefined;
}

function needsParked(state: DocumentsState): WhyNot {
  const one = selectedOf(state);
  if (one === undefined) return 'documents.why.none';
  if (state.busy !== undefined) return 'documents.why.busy';
  return one.state === 'parked' ? undefined : 'documents.why.not-parked';
}

export const DOCUMENTS_KEYS: readonly KeyBinding<DocumentsState, Action>[] = [
  { action: 'open', keys: ['enter', 'o'], description: 'documents.key.open', footer: 1, whyNot: needsReady },
  { action: 'save', keys: ['s'], description: 'documents.key.save', footer: 2, whyNot: needsReady },
  { action: 'print', keys: ['p'], description: 'documents.key.print', footer: 2, whyNot: needsPaper },
  { action: 'copy', keys: ['y', 'c'], description: 'documents.key.copy', footer: 3, whyNot: needsSaved },
  { action: 'new', keys: ['n'], description: 'documents.key.new', footer: 2 },
  { action: 'retry', keys: ['r'], description: 'documents.key.retry', footer: 1, whyNot: needsParked },
  ...(LIST_KEYS as readonly KeyBinding<DocumentsState, ListAction>[]),
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'back', keys: ['escape', 'left', 'h'], description: 'key.back', footer: 9 },
];
