import type { EmiSummary } from '@portal/contract';
import { agendaLink } from '../../components/agenda-link.js';
import { componentTitle } from '../../components/component-title.js';
import { clamp, firstVisible } from '../../components/list.js';
import { dayAndTime } from '../../components/time.js';
import {
  lookUp,
  type CommonEffect, type CommonMessage, type Frame, type KeyBinding, type Line, type Screen, type Sentence, type Size,
  type Services, type Span, type Update, type ViewContext, type WhyNot,
} from '../../platform/screen.js';
import { exported, exportKeys, isExporting, whyNotExported, type Exporting } from '../../platform/documents/exporting.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width } from '../../platform/text/width.js';

/** EMI: ELECTRONIC MARK INPUT. One block per allocated component. */

export interface EmiState {
  readonly components: readonly EmiSummary[] | undefined;
  /** 0 is the conference agenda, then two buttons a component. */
  readonly focus: number;
  readonly problem: Sentence | undefined;
}

export type EmiMessage =
  | { readonly type: 'loaded'; readonly components: readonly EmiSummary[] }
  | { readonly type: 'refused'; readonly sentence: Sentence };
export interface EmiEffect {
  readonly type: 'emi/load';
}

type Action = Exporting | 'open' | 'agenda' | 'documents' | 'up' | 'down' | 'left' | 'right' | 'first' | 'last' | 'back' | 'reload';
type Next = Update<EmiState, EmiEffect | CommonEffect>;

const KEYS: readonly KeyBinding<EmiState, Action>[] = [
  { action: 'open', keys: ['enter', 'space'], description: 'emi.key.open', footer: 1 },
  { action: 'agenda', keys: ['a'], description: 'documents.key.agenda', footer: 2, whyNot: ({ components }) => (components === undefined ? 'why.loading' : undefined) },
  { action: 'documents', keys: ['D'], description: 'documents.key.list', footer: 3 },
  ...exportKeys<EmiState>((state) => (state.components === undefined ? 'why.loading' : whyNotExportedHere(state)), 2),
  { action: 'up', keys: ['up', 'k'], description: 'key.up' },
  { action: 'down', keys: ['down', 'j'], description: 'key.down' },
  { action: 'left', keys: ['left', 'h', 'shift-tab'], description: 'key.left' },
  { action: 'right', keys: ['right', 'l', 'tab'], description: 'key.right' },
  { action: 'first', keys: ['home', 'g'], description: 'key.first' },
  { action: 'last', keys: ['end', 'G'], description: 'key.last' },
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'back', keys: ['escape'], description: 'key.back', footer: 9 },
];

export const emiScreen: Screen<EmiState, EmiMessage, EmiEffect, object> = {
  name: 'emi',
  init: () => load({ components: undefined, focus: 1, problem: undefined }),
  update,
  view,
  keys: KEYS,
  title: (_, { t }) => t('emi.title'),
};

function update(state: EmiState, message: EmiMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'loaded':
      return stay({ ...state, components: message.components, problem: undefined });
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'resumed':
    case 'changed':
      return load(state);
    case 'action':
      return act(state, message.action as Action, services);
    case 'key': {
      const looked = lookUp(KEYS, state, message.key);
      if (looked === undefined) return stay(state);
      if ('action' in looked) return act(state, looked.action, services);
      return { state, effects: [{ type: 'bell' }, { type: 'say', sentence: looked.sentence, as: 'warning' }] };
    }
    default:
      return stay(state);
  }
}

function act(state: EmiState, action: Action, services: Services): Next {
  const count = 1 + 2 * (state.components?.length ?? 0);
  const at = clamp(state.focus, count);
  const to = (focus: number) => stay({ ...state, focus: clamp(focus, count) });
  if (action === 'back') return { state, effects: [{ type: 'back' }] };
  if (action === 'reload') return load(state);
  if (action === 'agenda') return agenda(state);
  if (isExporting(action)) return { state, effects: [exported(action, componentAt(state)!, services)] };
  if (action === 'documents') return { state, effects: [{ type: 'go', to: 'documents', params: {} }] };
  if (action === 'up') return to(at <= 2 ? 0 : at - 2);
  if (action === 'down') return to(at === 0 ? 1 : at + 2 < count ? at + 2 : at);
  if (action === 'left') return to(at - 1);
  if (action === 'right') return to(at + 1);
  if (action === 'first') return to(0);
  return action === 'last' ? to(count - 2) : open(state, at);
}

function open(state: EmiState, focus: number): Next {
  if (focus === 0) return agenda(state);
  const component = componentAt(state);
  if (component === undefined) return stay(state);
  if (focus % 2 === 1) return { state, effects: [{ type: 'go', to: 'sheets', params: { component } }] };
  if (component.entered === 0) {
    return { state, effects: [{ type: 'bell' }, { type: 'say', sentence: { id: 'emi.nothing-entered' }, as: 'warning' }] };
  }
  return { state, effects: [{ type: 'go', to: 'submission', params: { component } }] };
}

/** None while the agenda is selected. */
function componentAt({ components = [], focus }: EmiState): EmiSummary | undefined {
  return components[Math.floor((clamp(focus, 1 + 2 * components.length) - 1) / 2)];
}

function whyNotExportedHere(state: EmiState): WhyNot {
  const component = componentAt(state);
  return component === undefined ? 'documents.why.none' : whyNotExported(component);
}

/** Of every component on the page: usually there is one. */
function agenda(state: EmiState): Next {
  return { state, effects: [{ type: 'documents/agenda', components: state.components?.map(({ component }) => component) ?? [] }] };
}

function load(state: EmiState): Next {
  return { state, effects: [{ type: 'emi/load' }] };
}

function stay(state: EmiState): Next {
  return { state, effects: [] };
}

function view(state: EmiState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const head: Line[] = [[{ text: ` ${t('emi.heading')}`, as: 'heading' }], [' ', focusable(agendaLink(state.components ?? [], t), state.focus === 0, 'link')], ''];
  const blocks = (state.components ?? []).map((component, index) => block(state, component, index, { size, context }));
  const shown = visibleBlocks(state, blocks, size.rows - head.length);
  const none = state.components?.length === 0 ? [` ${t('emi.none')}`] : [];
  const message = messageOf(state, context);
  return { lines: [...head, ...shown.flat(), ...none].slice(0, size.rows), ...(message && { message }) };
}

/** Blocks have unequal heights only by their buttons; as many whole ones as fit, the focused among them. */
function visibleBlocks(state: EmiState, blocks: readonly (readonly Line[])[], rows: number): readonly (readonly Line[])[] {
  const height = Math.max(4, ...blocks.map((lines) => lines.length));
  const page = Math.max(1, Math.floor(rows / height));
  const first = firstVisible(Math.max(0, Math.floor((state.focus - 1) / 2)), blocks.length, page);
  return blocks.slice(first, first + page);
}

function messageOf(state: EmiState, { t }: ViewContext): Line | undefined {
  if (state.problem) return [{ text: ` ! ${t(state.problem.id, state.problem.values)}`, as: 'error' }];
  return state.components === undefined ? ` ${t('list.loading')}` : undefined;
}

function block(state: EmiState, component: EmiSummary, index: number, at: { size: Size; context: ViewContext }): readonly Line[] {
  const { t } = at.context;
  const { left, outstanding, entered, submitted } = component;
  const title = cut(componentTitle(component, at.context), at.size.columns - 2);
  const submit = entered === 0 ? t('emi.nothing-to-submit', { submitted }) : t('emi.submit', { entered, submitted });
  const enter = focusable(t('choice.button', { label: t('emi.enter', { left }) }), state.focus === 1 + 2 * index);
  const beside: Span[] = outstanding > 0 ? ['  ', { text: t('emi.outstanding', { count: outstanding }), as: 'warning' }] : [];
  const submitSpan = focusable(t('choice.button', { label: submit }), state.focus === 2 + 2 * index, entered === 0 ? 'muted' : 'button');
  const spans: Span[] = ['   ', enter, ...beside];
  const wide = spans.reduce((sum, span) => sum + width(typeof span === 'string' ? span : span.text), 0);
  const gap = ' '.repeat(Math.max(4, 38 - wide));
  const fits = wide + gap.length + width(submitSpan.text) <= at.size.columns;
  const buttons: Line[] = fits ? [[...spans, gap, submitSpan]] : [spans, ['   ', submitSpan]];
  return [...titleWithDeadline(title, component, at), ...buttons, ''];
}

function titleWithDeadline(title: string, { deadline }: EmiSummary, { size, context }: { size: Size; context: ViewContext }): Line[] {
  const { t, now, language } = context;
  const hasPassed = Date.parse(deadline) < now;
  const text = t(hasPassed ? 'emi.deadline-passed' : 'emi.deadline', { when: dayAndTime(deadline, language) });
  const due: Span = { text, as: hasPassed ? 'warning' : 'muted' };
  const room = size.columns - width(text) - 2;
  if (width(title) < room) return [[{ text: ` ${fit(title, room)}`, as: 'heading' }, due]];
  return [[{ text: ` ${title}`, as: 'heading' }], ['   ', due]];
}

function focusable(text: string, isFocused: boolean, as: 'link' | 'button' | 'muted' = 'button') {
  return { text: `${isFocused ? '▸' : ' '} ${sanitise(text)}`, as: isFocused ? ('selected' as const) : as };
}
