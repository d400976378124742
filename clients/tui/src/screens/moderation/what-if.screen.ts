import { editField, EMPTY_FIELD } from '../../components/field.js';
import { clamp } from '../../components/list.js';
import type { Key } from '../../platform/input/key.js';
import {
  lookUp,
  type CommonEffect, type CommonMessage, type KeyBinding, type Screen, type Services, type Update,
} from '../../platform/screen.js';
import type { CentreParams } from './centre-params.js';
import { answered, ask, askAgain, heard, NOT_ASKED, whyNotAgain } from './deeds.js';
import { read, type DeedEffect, type PageMessage, type ReadEffect } from './moderation.messages.js';
import { atOf } from './outcome.state.js';
import { LOOKING, MOST_OPTIONS, readAnchors, usualOptions, type Option, type WhatIfMode, type WhatIfState } from './what-if.state.js';
import { viewWhatIf } from './what-if.view.js';
import { withBanner } from './with-banner.js';

/** What if: methods, tolerances and anchors side by side over the whole cohort. Nothing is recorded until one is chosen. */

type Action = 'choose' | 'tolerance' | 'anchors' | 'remove' | 'again' | 'reload' | 'up' | 'down' | 'first' | 'last' | 'back';
type Next = Update<WhatIfState, ReadEffect | DeedEffect | CommonEffect>;

const full = ({ options }: WhatIfState): string | undefined => (options.length >= MOST_OPTIONS ? 'iamis.why.most-options' : undefined);

function choosable(state: WhatIfState): string | undefined {
  const comparison = state.comparisons?.[state.selected];
  if (comparison === undefined) return 'why.loading';
  return comparison.unsuitable === null ? undefined : 'iamis.why.unsuitable';
}

const KEYS: readonly KeyBinding<WhatIfState, Action>[] = [
  { action: 'choose', keys: ['enter'], description: 'iamis.what-if.key.choose', footer: 1, whyNot: choosable },
  { action: 'tolerance', keys: ['t'], description: 'iamis.what-if.key.tolerance', footer: 2, whyNot: full },
  { action: 'anchors', keys: ['p'], description: 'iamis.what-if.key.anchors', footer: 3, whyNot: full },
  { action: 'remove', keys: ['x', 'delete'], description: 'iamis.what-if.key.remove', footer: 4, whyNot: ({ options }) => (options.length > 1 ? undefined : 'iamis.why.last-option') },
  { action: 'again', keys: ['r'], description: 'iamis.key.again', whyNot: whyNotAgain },
  { action: 'up', keys: ['up', 'k'], description: 'key.up' },
  { action: 'down', keys: ['down', 'j'], description: 'key.down' },
  { action: 'first', keys: ['home', 'g'], description: 'key.first' },
  { action: 'last', keys: ['end', 'G'], description: 'key.last' },
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'back', keys: ['escape', 'left', 'h'], description: 'key.back', footer: 9 },
];

export const whatIfScreen: Screen<WhatIfState, PageMessage, ReadEffect | DeedEffect, CentreParams & { readonly tolerance: number }> = withBanner({
  name: 'iamis-what-if',
  init: ({ component, centre, name, tolerance }: CentreParams & { readonly tolerance: number }, services: Services) =>
    compare({ ...NOT_ASKED, component, centre, name, tolerance, options: usualOptions(), comparisons: undefined, selected: 0, mode: LOOKING }, services),
  update,
  view: viewWhatIf,
  keys: KEYS,
  title: (_, { t }) => t('iamis.what-if.title'),
  takesText: ({ mode }) => mode.kind !== 'looking',
  worksOn: ({ component }) => component.component,
});

function update(state: WhatIfState, message: PageMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'read':
      return stay(message.what === 'comparisons' && message.value.length === state.options.length ? { ...state, comparisons: message.value, problem: undefined } : state);
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'done':
    case 'not-done': {
      const next = answered(state, message);
      if (next.done === undefined) return { state: next.state, effects: next.effects };
      return stay(next.state, { type: 'back' }, { type: 'say', sentence: { id: 'iamis.done.choose' }, as: 'ok' });
    }
    case 'resumed':
    case 'changed':
      return compare(state, services);
    case 'action':
      return act(state, message.action as Action, services);
    case 'key':
      return onKey(heard(state, state.comparisons !== undefined), message.key, services);
    default:
      return stay(state);
  }
}

function onKey(state: WhatIfState, key: Key, services: Services): Next {
  if (state.mode.kind !== 'looking') return inField(state, state.mode, key, services);
  const looked = lookUp(KEYS, state, key);
  if (looked === undefined) return stay(state);
  return 'action' in looked ? act(state, looked.action, services) : warn(state, looked.whyNot);
}

function act(state: WhatIfState, action: Action, services: Services): Next {
  const to = (selected: number) => stay({ ...state, selected: clamp(selected, state.options.length) });
  const asking = (kind: 'tolerance' | 'anchors' | 'reason') => stay({ ...state, mode: { kind, field: EMPTY_FIELD } });
  if (action === 'back') return stay(state, { type: 'back' });
  if (action === 'up') return to(state.selected - 1);
  if (action === 'down') return to(state.selected + 1);
  if (action === 'first') return to(0);
  if (action === 'last') return to(state.options.length - 1);
  if (action === 'reload') return compare(state, services);
  if (action === 'again') return askAgain(state);
  if (action === 'tolerance' || action === 'anchors') return asking(action);
  if (action === 'choose') return asking('reason');
  const options = state.options.filter((_, index) => index !== state.selected);
  return compare({ ...state, options, selected: clamp(state.selected, options.length) }, services);
}

function inField(state: WhatIfState, mode: Exclude<WhatIfMode, { kind: 'looking' }>, key: Key, services: Services): Next {
  const name = key.kind === 'key' ? key.name : '';
  if (name === 'escape') return stay({ ...state, mode: LOOKING });
  if (name !== 'enter') return stay({ ...state, mode: { ...mode, field: editField(mode.field, key) ?? mode.field } });
  const text = mode.field.text.trim();
  if (mode.kind === 'reason') return choose(state, text, services);
  const option = mode.kind === 'tolerance' ? withTolerance(state, text) : withAnchors(text);
  if (option === undefined) return warn(state, mode.kind === 'tolerance' ? 'iamis.what-if.no-tolerance' : 'iamis.what-if.no-anchors');
  return compare({ ...state, options: [...state.options, option], selected: state.options.length, mode: LOOKING }, services);
}

/** The same method beside itself, by another tolerance. */
function withTolerance({ options, selected, component }: WhatIfState, text: string): Option | undefined {
  const tolerance = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return tolerance < 1 || tolerance > component.maximum ? undefined : { ...options[selected]!, tolerance };
}

function withAnchors(text: string): Option | undefined {
  const anchors = readAnchors(text);
  return anchors === undefined ? undefined : { method: 'piecewise', anchors };
}

function choose(state: WhatIfState, reason: string, services: Services): Next {
  if (reason === '') return warn(state, 'iamis.reason.empty');
  const option = state.options[state.selected]!;
  return ask({ ...state, mode: LOOKING }, { do: 'choose', choice: { ...option, reason } }, atOf(state), services);
}

const warn = (state: WhatIfState, id: string): Next => stay(state, { type: 'bell' }, { type: 'say', sentence: { id: id as never }, as: 'warning' });

function compare(state: WhatIfState, services: Services): Next {
  const comparisons = state.comparisons?.length === state.options.length ? state.comparisons : undefined;
  return stay({ ...state, comparisons }, { ...read('comparisons', atOf(state), services), options: state.options });
}

function stay(state: WhatIfState, ...effects: readonly (ReadEffect | DeedEffect | CommonEffect)[]): Next {
  return { state, effects };
}
