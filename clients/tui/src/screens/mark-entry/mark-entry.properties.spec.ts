import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainText } from '../../components/paint.js';
import { translator } from '../../platform/i18n/translate.js';
import type { Key } from '../../platform/input/key.js';
import { NUMBERS, rowAt, valueOf, type GridState } from './grid.state.js';
import { update } from './mark-entry.update.js';
import { view } from './mark-entry.view.js';
import { Marker, sheetOfSize, type Change } from './testing.js';
import { HAPPENINGS, World, type Happening } from './testing-world.js';
import { totalsOf } from './totals.js';

const NAMES = [
  ...'0123456789.AanNeugrvvVsHyt!kjhl?:/*-+xQ ', 'enter', 'tab', 'escape', 'backspace', 'delete', 'up', 'down', 'pageup',
  'pagedown', 'home', 'end', 'f2', 'f5', 'space', 'left', 'right',
];
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'12345678') },
  { weight: 3, arbitrary: fc.constant('enter') },
  { weight: 5, arbitrary: fc.constantFrom(...NAMES) },
);
const key = fc.record({ name, ctrl: fc.integer({ min: 0, max: 7 }), pad: fc.boolean() }).map(
  ({ name: pressed, ctrl, pad }): Key => ({
    kind: 'key',
    name: pressed,
    ...(ctrl === 0 && /^[a-z]$/.test(pressed) && { ctrl: true as const }),
    ...(pad && /^[\d*+/.-]$/.test(pressed) && { pad: true as const }),
  }),
);
const lines = fc.array(fc.constantFrom('7', '81', 'ABS', ' 7', '', 'x\u001b[2J'), { maxLength: 6 });
const paste = lines.map((all): Key => ({ kind: 'paste', text: all.join('\n') }));
const ACTIONS = ['clear-all', 'script-not-received', 'script-received', 'concern', 'unlisted', 'hand-over', 'numbers', 'reload'];

type Step = { readonly key: Key } | { readonly happens: Happening } | { readonly action: string };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 40, arbitrary: key.map((one) => ({ key: one })) },
  { weight: 1, arbitrary: paste.map((one) => ({ key: one })) },
  { weight: 6, arbitrary: fc.constantFrom(...HAPPENINGS).map((happens) => ({ happens })) },
  { weight: 1, arbitrary: fc.constantFrom(...ACTIONS).map((action) => ({ action })) },
);

const fail = (what: string): never => {
  throw new Error(what);
};
const holds = (condition: boolean, what: string): unknown => condition || fail(what);

const here = (state: GridState): string | undefined => rowAt(state)?.saved.candidate;

const isRefused = ({ mode }: GridState): boolean => mode.kind === 'numbers' && mode.refused !== undefined;

/** One step, and what must be true of it. */
function take(world: World, one: Step): void {
  const { marker } = world;
  const before = marker.state;
  if ('key' in one) marker.tell({ type: 'key', key: one.key });
  else if ('action' in one) marker.tell({ type: 'action', action: one.action });
  else world.happen(one.happens);
  const sent = world.collect();
  if ('key' in one) afterKey(before, marker.state, sent);
  else afterOther(before, marker.state);
}

/** What was typed for one candidate never becomes another's mark, and nothing is changed in passing. */
function afterKey(before: GridState, after: GridState, sent: readonly { candidate: string; mark: string }[]): void {
  if (before.cell !== undefined && after.cell !== undefined) holds(here(before) === here(after), 'a cell moved to another candidate');
  if (before.mode.kind === 'lost') holds(sent.length === 0 && after.cursor === before.cursor, 'a key was taken after an unknown number');
  if (isRefused(before)) holds(sent.length === 0 && after.cursor === before.cursor, 'the mark of an unknown number was taken');
  if (before.isBlind) holds(sent.length === 0, 'a second entry was entered');
  const isGroup = before.mode.kind === 'paste' || before.mode.kind === 'clear-all' || after.redo !== before.redo;
  if (isGroup && sent.length !== 1) return;
  const asked = before.mode.kind === 'numbers' ? before.mode.candidate : here(before);
  const typed = before.mode.kind === 'numbers' ? before.mode.field.text : before.cell?.text;
  for (const mark of sent) {
    if (isGroup) continue;
    holds(mark.candidate === asked, `typed for ${asked}, sent for ${mark.candidate}`);
    if (typed) holds(mark.mark === typed || (mark.mark === 'ABS' && typed === ''), `typed ${typed}, sent ${mark.mark}`);
  }
  const touched = after.rows.filter((row, index) => row !== before.rows[index]);
  if (!isGroup && before.mode.kind === 'marks') holds(touched.every((row) => row.saved.candidate === asked), 'a key changed another row');
}

function afterOther(before: GridState, after: GridState): void {
  if (before.cell === undefined) return;
  holds(after.cell === undefined || after.cell.text === before.cell.text, 'something that happened changed what is typed');
  holds(after.cell !== undefined && here(before) === here(after), 'something that happened moved what is typed');
}

/** Every commit is on its way, recorded, shown as refused with what was typed, or dealt with by the person. */
function accounted(world: World): void {
  const { rows, handOver } = world.marker.state;
  const places = new Map(rows.map((row) => [row.saved.candidate, row]));
  const last = new Map(world.commands.map((command) => [command.candidate, command]));
  for (const command of world.commands) {
    const row = places.get(command.candidate) ?? fail(`${command.candidate} has no row`);
    const isPending = row.pending.some((one) => one.commandId === command.commandId);
    holds(isPending === (command.fate === 'on-its-way'), `${command.commandId} is ${command.fate}, pending ${isPending}`);
    if (command.fate !== 'refused' || last.get(command.candidate) !== command) continue;
    const isShown = row.rejected !== undefined || row.conflict?.mine === command.mark || handOver.some(({ typed }) => typed === command.mark);
    holds(isShown, `${command.candidate} ${command.mark} was refused and is shown nowhere`);
  }
}

function countsAddUp({ rows, cursor, shown }: GridState): void {
  holds(Number.isInteger(cursor) && cursor >= 0 && cursor <= shown.length, `cursor ${cursor} of ${shown.length}`);
  const totals = totalsOf(rows);
  const own = rows.filter(({ isGone }) => !isGone).length;
  holds(totals.marked + totals.absent + totals.blank + totals.outstanding === own, 'the counts do not add up');
  expect(totals).toEqual(totalsOf([...rows]));
}

function isDrawn({ state, size }: Marker, language: 'en' | 'cy'): void {
  const frame = view(state, size, { t: translator(language), language, now: 0 });
  holds(frame.lines.length <= size.rows, 'more lines than rows');
  const all = [...frame.lines, ...(frame.message ? [frame.message] : []), ...(frame.overlay?.lines ?? [])];
  // eslint-disable-next-line no-control-regex
  for (const line of all) holds(!/[\u0000-\u001f\u007f-\u009f]/.test(plainText(line)), 'a control character is drawn');
}

const STEPS = 200;
const RUNS = Number(process.env['PORTAL_GRID_RUNS'] ?? 600);

/** With all that happens in between, some 100,000 keys. */
function session(change: Change = update) {
  return fc.property(fc.array(step, { minLength: STEPS, maxLength: STEPS, size: 'max' }), (steps) => {
    const world = new World(change);
    steps.forEach((one, index) => {
      take(world, one);
      countsAddUp(world.marker.state);
      if (index % 8 === 0) accounted(world);
      if (index % 8 === 0) isDrawn(world.marker, index % 16 === 0 ? 'en' : 'cy');
    });
    world.settle();
    world.collect();
    accounted(world);
    for (const row of world.marker.state.rows) {
      if (row.isGone || row.rejected !== undefined || row.conflict !== undefined) continue;
      holds(valueOf(row) === String(world.held.get(row.saved.candidate)?.mark ?? 'CLEAR'), `${row.saved.candidate} shows what is not recorded`);
    }
  });
}

describe('the grid under any keys, while anything happens', () => {
  it(`never throws, loses nothing committed, moves no mark to another candidate: ${RUNS} sessions of ${STEPS} steps`, () => {
    fc.assert(session(), { numRuns: RUNS });
  });

  it('is always left by Esc, and never with a mark lost', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const marker = new Marker(sheetOfSize(6));
        for (const one of steps) if ('key' in one) marker.tell({ type: 'key', key: one.key });
        const sent = marker.sent.length;
        for (let presses = 0; presses < 6; presses += 1) marker.press('\u001b');
        expect(marker.effects.some(({ type }) => type === 'back')).toBe(true);
        expect(marker.sent).toHaveLength(sent);
      }),
    );
  });
});

/** A check that has never failed is not yet a check. */
describe('the property notices', () => {
  const notices = (name: string, breaks: Change) =>
    it(name, () => {
      // It ends with the first session that shows it, mostly among the first hundred.
      expect(fc.check(session(breaks), { numRuns: 3_000, endOnFailure: true }).failed).toBe(true);
    });

  notices('a refusal that is forgotten', (state, message, services) => {
    const next = update(state, message, services);
    if (message.type !== 'answered' || 'recorded' in message.answer) return next;
    return { ...next, state: { ...next.state, rows: next.state.rows.map((row) => ({ ...row, rejected: undefined, conflict: undefined })) } };
  });

  notices('a reading that moves what is typed', (state, message, services) => {
    const next = update(state, message, services);
    return message.type === 'loaded' && state.cell !== undefined ? { ...next, state: { ...next.state, cursor: state.cursor + 1 } } : next;
  });

  notices('an unknown number after which the next number is taken', (state, message, services) =>
    update(state.mode.kind === 'lost' ? { ...state, mode: { kind: 'marks' } } : state, message, services));

  notices('the mark of an unknown number that is taken for a candidate', (state, message, services) =>
    update(isRefused(state) ? { ...state, mode: { ...NUMBERS, candidate: '0001' } } : state, message, services));

  notices('a second entry that is entered', (state, message, services) =>
    update(message.type === 'key' ? { ...state, isBlind: false } : state, message, services));
});
