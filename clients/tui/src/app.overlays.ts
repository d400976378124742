import { APP_KEYS, type AppAction } from './app.keys.js';
import { bodySize, topOf, type AppOverlay, type AppState, type Screens, type ToScreen } from './app.state.js';
import type { AppUpdate } from './app.js';
import { boxSize } from './components/box.js';
import { editField } from './components/field.js';
import { keyLabels } from './components/key-label.js';
import { clamp, firstVisible } from './components/list.js';
import { translator } from './platform/i18n/translate.js';
import type { MessageId, Translate } from './platform/i18n/catalogue.js';
import type { Key } from './platform/input/key.js';
import { sentenceWhyNot, type KeyBinding, type Line, type Overlay } from './platform/screen.js';
import { sanitise } from './platform/text/sanitise.js';
import { cutWords, fit, wrap } from './platform/text/width.js';

/** Help, palette and the question before leaving: what they do with keys, and how they look. */

export interface OverlayWorld {
  readonly screens: Screens;
  readonly act: (state: AppState, action: AppAction) => AppUpdate;
  readonly tell: (state: AppState, message: ToScreen) => AppUpdate;
}

export function updateOverlay(state: AppState, key: Key, world: OverlayWorld): AppUpdate {
  const overlay = state.overlay!;
  if (key.kind === 'key' && key.name === 'escape') return only({ ...state, overlay: undefined });
  if (overlay.kind === 'quit') return onQuit(state, key);
  if (overlay.kind === 'help') return onHelp(state, overlay, key, world.screens);
  return onPalette(state, overlay, key, world);
}

export function showOverlay(state: AppState, screens: Screens): Overlay | undefined {
  if (state.overlay === undefined) return undefined;
  const t = translator(state.language);
  if (state.overlay.kind === 'quit') return showQuit(state, screens, t);
  if (state.overlay.kind === 'help') return showHelp(state, state.overlay.top, screens, t);
  return showPalette(state, state.overlay, screens, t);
}

/** One thing that can be done here, or why not now. */
interface Choice {
  readonly keys: string;
  readonly text: string;
  readonly whyNot: string | undefined;
  readonly action: { readonly of: 'app'; readonly name: AppAction } | { readonly of: 'screen'; readonly name: string };
}

function choices(state: AppState, screens: Screens, t: Translate): Choice[] {
  const top = topOf(state);
  const one = <S>(binding: KeyBinding<S, string>, on: S, of: 'app' | 'screen'): Choice => {
    const whyNot = sentenceWhyNot(binding.whyNot?.(on));
    return {
      keys: keyLabels(binding.keys),
      text: t(binding.description as MessageId),
      whyNot: whyNot && t(whyNot.id, whyNot.values),
      action: { of, name: binding.action } as Choice['action'],
    };
  };
  return [
    ...screens[top.name]!.keys.map((binding) => one(binding, top.state, 'screen')),
    ...APP_KEYS.map((binding) => one(binding, state, 'app')),
  ];
}

function onQuit(state: AppState, key: Key): AppUpdate {
  const leaves = key.kind === 'key' && (key.name === 'enter' || (key.name === 'c' && key.ctrl === true));
  return leaves ? { state, effects: [{ type: 'leave' }] } : only(state);
}

function showQuit(state: AppState, screens: Screens, t: Translate): Overlay {
  const { columns } = boxSize(bodySize(state));
  const top = topOf(state);
  const unsaved = screens[top.name]!.unsaved?.(top.state);
  const queued = state.connection.queued;
  const texts = [
    ...(unsaved ? [t(unsaved.id, unsaved.values)] : []),
    queued > 0 ? t('quit.waiting', { count: queued }) : t('quit.kept'),
  ];
  return {
    title: t('quit.title'),
    lines: ['', ...texts.flatMap((text) => [...wrap(text, columns), ''])],
    keys: [['enter', t('quit.leave')], ['escape', t('quit.stay')]],
  };
}

function onHelp(state: AppState, { top }: { top: number }, key: Key, screens: Screens): AppUpdate {
  const page = boxSize(bodySize(state)).rows;
  const last = Math.max(0, helpLines(state, screens, translator(state.language)).length - page);
  const name = key.kind === 'key' ? key.name : '';
  const steps: Readonly<Record<string, number>> = { down: 1, j: 1, up: -1, k: -1, pagedown: page, space: page, pageup: -page, home: -last, end: last };
  if (name === '?' || name === 'f1' || name === 'q') return only({ ...state, overlay: undefined });
  const to = Math.max(0, Math.min(last, top + (steps[name] ?? 0)));
  return only({ ...state, overlay: { kind: 'help', top: to } });
}

function helpLines(state: AppState, screens: Screens, t: Translate): Line[] {
  const { columns } = boxSize(bodySize(state));
  const all = choices(state, screens, t);
  const line = ({ keys, text, whyNot }: Choice): Line => {
    const label = { text: fit(keys, KEY_COLUMNS), as: 'key' as const };
    if (whyNot === undefined) return [label, text];
    return [{ text: fit(keys, KEY_COLUMNS), as: 'muted' }, { text: cutWords(`${text} (${t('help.not-now', { why: whyNot })})`, columns - KEY_COLUMNS), as: 'muted' }];
  };
  const here = all.filter((choice) => choice.action.of === 'screen').map(line);
  const everywhere = all.filter((choice) => choice.action.of === 'app').map(line);
  return [...here, '', [{ text: fit(t('help.everywhere'), columns), as: 'heading' }], ...everywhere];
}

const KEY_COLUMNS = 18;

function showHelp(state: AppState, top: number, screens: Screens, t: Translate): Overlay {
  const { rows } = boxSize(bodySize(state));
  return {
    title: t('help.title'),
    lines: helpLines(state, screens, t).slice(top, top + rows),
    keys: [['escape', t('help.close')], ['↑↓', t('help.scroll')]],
  };
}

type Palette = Extract<AppOverlay, { kind: 'palette' }>;

function onPalette(state: AppState, palette: Palette, key: Key, world: OverlayWorld): AppUpdate {
  const found = findChoices(state, palette, world.screens);
  const selected = clamp(palette.list.selected, found.length);
  const name = key.kind === 'key' ? key.name : '';
  const move = (by: number) =>
    only({ ...state, overlay: { ...palette, list: { ...palette.list, selected: clamp(selected + by, found.length) } } });
  if (name === 'up') return move(-1);
  if (name === 'down' || name === 'tab') return move(1);
  if (name === 'enter') return choose(state, found[selected], world);
  const field = editField(palette.field, key);
  if (field === undefined) return only(state);
  return only({ ...state, overlay: { ...palette, field, list: { ...palette.list, selected: 0 } } });
}

function choose(state: AppState, choice: Choice | undefined, world: OverlayWorld): AppUpdate {
  if (choice === undefined || choice.whyNot !== undefined) return { state, effects: [{ type: 'bell' }] };
  const closed = { ...state, overlay: undefined };
  if (choice.action.of === 'app') return world.act(closed, choice.action.name);
  return world.tell(closed, { type: 'action', action: choice.action.name });
}

function findChoices(state: AppState, palette: Palette, screens: Screens): Choice[] {
  const wanted = palette.field.text.toLocaleLowerCase();
  const scored = choices(state, screens, translator(state.language))
    .map((choice) => ({ choice, score: fuzzy(wanted, choice.text.toLocaleLowerCase()) }))
    .filter(({ score }) => score !== undefined);
  return scored.sort((a, b) => a.score! - b.score!).map(({ choice }) => choice);
}

/** All letters in order; the fewer gaps between them and the earlier they begin, the better (smaller). */
export function fuzzy(wanted: string, text: string): number | undefined {
  const whole = text.indexOf(wanted);
  if (whole >= 0) return whole / 1000;
  let at = -1;
  let gaps = 1;
  for (const letter of wanted) {
    if (letter === ' ') continue;
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    if (at >= 0) gaps += next - at - 1;
    at = next;
  }
  return gaps;
}

function showPalette(state: AppState, palette: Palette, screens: Screens, t: Translate): Overlay {
  const { columns, rows } = boxSize(bodySize(state));
  const found = findChoices(state, palette, screens);
  const selected = clamp(palette.list.selected, found.length);
  const page = rows - 2;
  const first = firstVisible(selected, found.length, page);
  const line = (choice: Choice, index: number): Line => {
    const why = choice.whyNot === undefined ? '' : ` (${t('help.not-now', { why: choice.whyNot })})`;
    const text = fit(`${first + index === selected ? '▸' : ' '} ${fit(cutWords(choice.text + why, columns - 22), columns - 22)} ${choice.keys}`, columns);
    return first + index === selected ? [{ text, as: 'selected' }] : choice.whyNot === undefined ? text : [{ text, as: 'muted' }];
  };
  const shown = found.slice(first, first + page).map(line);
  return {
    title: t('palette.title'),
    lines: [[': ', sanitise(palette.field.text), { text: ' ', as: 'selected' }], '', ...(shown.length > 0 ? shown : [t('palette.nothing')])],
    keys: [['enter', t('palette.choose')], ['↑↓', t('palette.move')], ['escape', t('palette.close')]],
  };
}

function only(state: AppState): AppUpdate {
  return { state, effects: [] };
}
