import { APP_KEYS } from './app.keys.js';
import { showOverlay } from './app.overlays.js';
import { bodySize, isTooSmall, topOf, type AnyScreen, type AppState, type Screens } from './app.state.js';
import { overlaid } from './components/box.js';
import { keyLabel } from './components/key-label.js';
import { clock } from './components/time.js';
import type { MessageId, Translate } from './platform/i18n/catalogue.js';
import { translator } from './platform/i18n/translate.js';
import type { Frame, KeyBinding, Line, Overlay, Span, ViewContext } from './platform/screen.js';
import { sanitise } from './platform/text/sanitise.js';
import { cut, fit, width } from './platform/text/width.js';

/** The whole terminal as lines: title line, the screen's rows, message line, footer. Pure: the same state, the same lines. */
export function viewApp(state: AppState, screens: Screens): readonly Line[] {
  const t = translator(state.language);
  if (isTooSmall(state)) return tooSmall(state, t);
  const context: ViewContext = { t, language: state.language, now: state.now, workAs: state.workAs };
  const shown = viewStack(state, screens, context);
  const overlay = showOverlay(state, screens) ?? shown.frame.overlay;
  const size = bodySize(state);
  const body = overlay === undefined ? shown.lines : overlaid(shown.lines, overlay, size);
  return [
    titleLine(state, screens, context),
    ...Array.from({ length: size.rows }, (_, index) => body[index] ?? ''),
    shown.frame.message ?? saidLine(state, t),
    footer(state, overlayKeys(overlay) ?? shown.frame.keys ?? footerWords(state, screens, t)),
  ];
}

/** The rows of the screen on top; one that lies over another is drawn as a box upon it. */
function viewStack(state: AppState, screens: Screens, context: ViewContext): { frame: Frame; lines: readonly Line[] } {
  const size = bodySize(state);
  const top = topOf(state);
  const screen = screens[top.name]!;
  const below = state.stack.at(-2);
  if (!top.isOver || below === undefined) {
    const frame = screen.view(top.state, size, context);
    return { frame, lines: frame.lines };
  }
  const inner = { columns: Math.min(size.columns - 6, 70), rows: Math.min(size.rows - 4, 18) };
  const frame = screen.view(top.state, inner, context);
  const covered = screens[below.name]!.view(below.state, size, context).lines;
  const box: Overlay = { title: screen.title(top.state, context), lines: frame.lines, keys: [] };
  return { frame, lines: overlaid(covered, box, size) };
}

function tooSmall({ columns, rows }: AppState, t: Translate): readonly Line[] {
  const texts = [t('frame.too-small', { columns, rows }), t('frame.too-small-kept')];
  return texts.map((text) => cut(text, columns)).slice(0, Math.max(1, rows - 1));
}

function titleLine(state: AppState, screens: Screens, context: ViewContext): Line {
  const { t } = context;
  const crumbs = state.stack.filter(({ isOver }) => !isOver).map(({ name, state: its }) => sanitise(screens[name]!.title(its, context)));
  const person = personText(state, screens, t);
  const right = ` ${[person, connectionText(state, t), clock(state.now, state.language)].filter(Boolean).join('  ')} `;
  const room = state.columns - width(right);
  return [{ text: fit(` ${breadcrumb([t('frame.portal'), ...crumbs], room - 2)}`, room) + right, as: 'title' }];
}

/** Where it does not fit, what was passed first is left out. */
function breadcrumb(crumbs: readonly string[], room: number): string {
  for (let from = 0; from < crumbs.length; from += 1) {
    const text = [...(from > 0 ? ['…'] : []), ...crumbs.slice(from)].join(' › ');
    if (width(text) <= room) return text;
  }
  return cut(crumbs.at(-1) ?? '', room);
}

function personText(state: AppState, screens: Screens, t: Translate): string {
  const { person } = state;
  if (person === undefined) return '';
  const role = roleHere(state, screens) ?? person.capacities[0]?.role ?? person.roles[0] ?? '';
  const name = sanitise(person.displayName);
  const id = `capacity.${role}` as MessageId;
  const capacity = t(id);
  return capacity === id ? name : t('frame.person', { name, capacity });
}

/** On a page about one component, the capacity held on that one. */
function roleHere(state: AppState, screens: Screens): string | undefined {
  const top = topOf(state);
  const component = screens[top.name]!.worksOn?.(top.state);
  if (component === undefined) return undefined;
  const held = state.person?.capacities.filter((one) => one.component === component).map(({ role }) => role) ?? [];
  return state.workAs[component]?.role ?? LOWEST_FIRST.find((role) => held.includes(role));
}

const LOWEST_FIRST = ['examiner', 'moderator', 'team-leader', 'principal', 'chair'];

function connectionText({ connection }: AppState, t: Translate): string {
  const { kind, queued } = connection;
  if (kind === 'recognising') return t('frame.recognising');
  if (kind === 'none') return t('frame.not-connected');
  if (kind === 'online') return queued === 0 ? t('frame.online') : t('frame.queued', { count: queued });
  return t(kind === 'offline' ? 'frame.offline' : 'frame.signed-out', { count: queued });
}

function saidLine({ said, columns }: AppState, t: Translate): Line {
  if (said === undefined) return '';
  const text = cut(` ${t(said.sentence.id, said.sentence.values)}`, columns);
  return said.as === 'plain' ? text : [{ text, as: said.as }];
}

/** The keys that work here and now, the most important first, as many as fit; the way back and help have room always. */
function footer(state: AppState, words: Overlay['keys']): Line {
  const spans: Span[] = [];
  let used = 0;
  let kept = words.filter(isAlwaysShown).reduce((sum, word) => sum + wordWidth(word), 0);
  for (const shown of words) {
    if (isAlwaysShown(shown)) kept -= wordWidth(shown);
    if (used + wordWidth(shown) + kept > state.columns) continue;
    const [key, word] = shown;
    spans.push({ text: ` ${keyLabel(key)}`, as: 'key' }, ` ${word} `);
    used += wordWidth(shown);
  }
  return spans;
}

const isAlwaysShown = ([key]: Overlay['keys'][number]): boolean => ['escape', '?', 'f1'].includes(key);
const wordWidth = ([key, word]: Overlay['keys'][number]): number => width(` ${keyLabel(key)} ${word} `);

function overlayKeys(overlay: Overlay | undefined): Overlay['keys'] | undefined {
  return overlay !== undefined && overlay.keys.length > 0 ? overlay.keys : undefined;
}

function footerWords(state: AppState, screens: Screens, t: Translate): (readonly [string, string])[] {
  const top = topOf(state);
  const screen: AnyScreen = screens[top.name]!;
  const takesText = screen.takesText?.(top.state) === true;
  const words = [
    ...usable(screen.keys, top.state).map((binding) => [binding.footer!, wordOf(binding, t)] as const),
    ...usable(APP_KEYS, state).map((binding) => [binding.footer!, wordOf(binding, t, takesText)] as const),
    ...(state.stack.length === 1 && !takesText ? [[100, ['q', t('key.quit.short')] as const] as const] : []),
  ];
  return words.sort((a, b) => a[0] - b[0]).map(([, word]) => word);
}

function usable<S>(keys: readonly KeyBinding<S, string>[], state: S): readonly KeyBinding<S, string>[] {
  return keys.filter((binding) => binding.footer !== undefined && binding.whyNot?.(state) === undefined);
}

/** While letters are text, a key that is no letter is named. */
function wordOf<S>(binding: KeyBinding<S, string>, t: Translate, takesText = false): readonly [string, string] {
  const key = takesText ? (binding.keys.find((name) => name.length > 1) ?? binding.keys[0]!) : binding.keys[0]!;
  return [key, t(`${binding.description}.short` as MessageId)];
}
