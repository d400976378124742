import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOSTILE, latin, me, receipt, rig, services, sheet, sheets, type Rig, type Told } from './app.testing.js';
import { fuzzy } from './app.overlays.js';
import type { Key } from './platform/input/key.js';
import type { Typed } from './platform/screen.js';
import { lineWidth } from './components/paint.js';
import { viewApp } from './app.view.js';
import { SCREENS } from './app.screens.js';

const NAMES = [
  'enter', 'tab', 'escape', 'backspace', 'delete', 'up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown',
  'space', 'f1', 'f2', 'f5', 'f7', 'f8', 'f9', ...'0123456789abceghjklnrsuvwyASGH?:/!.*+-@é漢',
];
const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...NAMES).map((name): Key => ({ kind: 'key', name })) },
  fc.constantFrom(...'cflpuwyz').map((name): Key => ({ kind: 'key', name, ctrl: true })),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text): Key => ({ kind: 'paste', text })),
);

const loaded: Readonly<Record<string, () => Rig>> = {
  'sign-in': () => {
    const it = rig('sign-in', {});
    it.answer({ type: 'welcomed', credentials: [], server: 'http://127.0.0.1:4100' });
    return it;
  },
  'services-menu': () => answered(rig('services-menu', {}), { type: 'loaded', services }),
  account: () => {
    const it = answered(rig('account', {}), { type: 'factors', factors: ['app'], recoveryCodes: 8 });
    const session = { session: 's1', device: HOSTILE, startedAt: receipt.recordedAt, lastSeenAt: receipt.recordedAt, kept: true, here: true };
    return answered(it, { type: 'sessions', sessions: [session, { ...session, session: 's2', here: false }] });
  },
  emi: () => answered(rig('emi', {}), { type: 'loaded', components: [latin, { ...latin, entered: 4 }] }),
  sheets: () => answered(rig('sheets', { component: latin }), { type: 'loaded', sheets }),
  submission: () => answered(rig('submission', { component: latin }), { type: 'prepared', sheets: [sheet], left: 286 }),
};

/** Another message than the frame's own. */
const told = (message: Told): Typed => message;

function answered(one: Rig, message: Told): Rig {
  one.answer(message);
  return one;
}

describe.each(Object.keys(loaded))('the screen %s', (name) => {
  it('takes any keys without falling over, and always fits the terminal', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
        const screen = loaded[name]!();
        screen.keys(...keys);
        const lines = viewApp(screen.state(), SCREENS);
        expect(lines).toHaveLength(23);
        // Never a control character, whatever was typed or pasted.
        expect(screen.text()).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      { numRuns: 300 },
    );
  });

  it('says before every key what fits in one row', () => {
    const screen = loaded[name]!();
    for (const line of viewApp(screen.state(), SCREENS)) expect(lineWidth(line)).toBeLessThanOrEqual(80);
  });

  it('is left by Esc, whatever happened before, and Esc alone never ends the program', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        const screen = rig('services-menu', {});
        screen.answer({ type: 'loaded', services });
        const before = screen.state();
        if (name !== 'services-menu' && name !== 'sign-in') open(screen, name);
        // Enter opens other screens, and Ctrl-C twice leaves on purpose.
        screen.keys(...keys.filter((one) => one.kind === 'paste' || !(['enter', 'right', 'l'].includes(one.name) || one.ctrl)));
        for (let times = 0; times < 8; times += 1) screen.press('\u001b');
        expect(screen.top()).toBe('services-menu');
        expect(screen.state().overlay).toBeUndefined();
        expect(screen.state().stack).toHaveLength(before.stack.length);
        expect(screen.effects().some(({ type }) => type === 'leave')).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

/** As its own screen would open it. */
function open(screen: Rig, name: string): void {
  if (name === 'account') return screen.press('M');
  screen.press('\r');
  screen.answer({ type: 'loaded', components: [{ ...latin, entered: 4 }] });
  if (name === 'emi') return;
  if (name === 'submission') screen.press('\t\r');
  else screen.press('\r');
  screen.answer(name === 'submission' ? ({ type: 'prepared', sheets: [sheet], left: 286 }) : ({ type: 'loaded', sheets }));
}

describe('the frame around the screens', () => {
  it('asks before leaving, by named actions, and leaves on Enter', () => {
    const screen = loaded['services-menu']!();
    screen.press('q');
    expect(screen.text()).toContain('Leave the Portal?');
    screen.press('y');
    screen.press('n');
    expect(screen.state().overlay?.kind).toBe('quit');
    screen.press('\u001b');
    expect(screen.state().overlay).toBeUndefined();
    screen.press('\u0003\r');
    expect(screen.effects().at(-1)).toEqual({ type: 'leave' });
  });

  it('keeps what is open when the session ends: sign in over it, and it is still there', () => {
    const screen = loaded['sheets']!();
    screen.press('j/card');
    const below = screen.state().stack[0]!.state;
    screen.send({ type: 'session-ended' });
    expect(screen.top()).toBe('sign-in');
    expect(screen.text()).toContain('Your session has ended');
    expect(screen.text()).toContain(me.username);
    screen.send({ type: 'session-ended' });
    expect(screen.state().stack).toHaveLength(2);
    screen.send({ type: 'session-began', me });
    expect(screen.top()).toBe('sheets');
    expect(screen.state().stack[0]!.state).toEqual(below);
    expect(screen.effects().at(-1)).toMatchObject({ effect: { type: 'sheets/load' } });
  });

  it('keeps what was opened before it is known who is here, after a start without a connection', () => {
    const screen = rig('services-menu', {}, { columns: 80, rows: 24 }, null);
    screen.answer({ type: 'loaded', services });
    open(screen, 'emi');
    screen.send({ type: 'session-began', me });
    expect(screen.top()).toBe('emi');
    expect(screen.effects().at(-1)).toMatchObject({ effect: { type: 'emi/load' } });
  });

  it('takes no mark for a name: what is typed on blindly rings and goes nowhere', () => {
    const screen = loaded['sheets']!();
    screen.send({ type: 'session-ended' });
    expect(screen.effects()).toContainEqual({ type: 'bell' });
    screen.press('34\r21\r\u001bOp\u001bOM');
    expect(screen.state().stack[1]!.state).toMatchObject({ page: 'username', isBusy: false, username: { text: me.username } });
    expect(screen.text()).toContain('That was not taken as a mark.');
    screen.press('\u001b');
    expect(screen.top()).toBe('sheets');
    screen.press('\u001b[18~\r');
    expect(screen.effects().at(-1)).toMatchObject({ effect: { type: 'sign-in/username', username: me.username } });
  });

  it('lets the sign-in over a screen be put off with Esc and called again with F7', () => {
    const screen = loaded['sheets']!();
    screen.send({ type: 'connection', connection: { kind: 'signed-out', queued: 2 } });
    expect(screen.top()).toBe('sign-in');
    screen.press('\u001b');
    expect(screen.top()).toBe('sheets');
    expect(screen.text()).toContain('SIGNED OUT · 2 marks waiting');
    screen.press('\u001b[18~');
    expect(screen.top()).toBe('sign-in');
  });

  it('shows another person nothing of what the one before had open', () => {
    const screen = loaded['sheets']!();
    screen.send({ type: 'session-ended' });
    screen.send({ type: 'session-began', me: { ...me, account: 'somebody-else' } });
    expect(screen.state().stack.map(({ name }) => name)).toEqual(['services-menu']);
  });

  it('finds the language in either language, and names the one that is on now', () => {
    const screen = loaded['services-menu']!();
    screen.press(':lang\r');
    expect([screen.state().language, screen.text()]).toEqual(['cy', expect.stringContaining('Iaith: Cymraeg')]);
    screen.press(':lang\r');
    expect([screen.state().language, screen.text()]).toEqual(['en', expect.stringContaining('Language: English')]);
  });

  it('finds actions by some of their letters, and does not do what cannot be done', () => {
    const screen = loaded['services-menu']!();
    screen.press(':cymr\r');
    expect(screen.state().language).toBe('cy');
    expect(fuzzy('lvp', 'leave the portal')).toBeDefined();
    expect(fuzzy('zz', 'leave the portal')).toBeUndefined();
    screen.press(':mewngofnodi eto');
    expect(screen.text()).toContain('nid nawr: rydych wedi mewngofnodi');
    screen.press('\r');
    expect(screen.effects().at(-1)).toEqual({ type: 'bell' });
  });

  it('says what it needs where the terminal is too small, and keeps everything', () => {
    const screen = loaded['sheets']!();
    const before = screen.state().stack;
    screen.send({ type: 'resized', columns: 79, rows: 24 });
    expect(screen.text()).toContain('The terminal is too small: 79×24. The Portal needs 80×24.');
    screen.send({ type: 'resized', columns: 80, rows: 24 });
    expect(screen.state().stack).toBe(before);
  });

  it('brings an answer to the screen that asked, also when it lies below, and to nobody once it is closed', () => {
    const screen = rig('services-menu', {});
    const asked = screen.state().stack[0]!.id;
    screen.answer({ type: 'loaded', services });
    screen.press('\r');
    screen.send({ type: 'answered', to: asked, message: told({ type: 'loaded', services: [] }) });
    expect(screen.top()).toBe('emi');
    expect(screen.state().stack[0]!.state).toMatchObject({ services: [] });
    const emi = screen.state().stack[1]!.id;
    screen.press('\u001b');
    const before = screen.state();
    screen.send({ type: 'answered', to: emi, message: told({ type: 'loaded', components: [] }) });
    expect(screen.state()).toBe(before);
  });
});

describe('names of people elsewhere', () => {
  it('reach no screen as anything but text', () => {
    const hostile = { ...latin, title: HOSTILE, titles: { en: HOSTILE, cy: HOSTILE }, code: HOSTILE, qualification: HOSTILE };
    const screens = [
      answered(rig('emi', {}), { type: 'loaded', components: [hostile] }),
      answered(rig('sheets', { component: hostile }), { type: 'loaded', sheets: [{ ...sheets[0]!, name: HOSTILE, centre: HOSTILE }] }),
      answered(rig('submission', { component: hostile }), { type: 'prepared', sheets: [{ ...sheet, name: HOSTILE }], left: 1 }),
      answered(rig('submission', { component: hostile }), { type: 'submitted', receipt: { ...receipt, receipt: HOSTILE } }),
      rig('services-menu', {}, undefined, { ...me, displayName: HOSTILE }),
      answered(rig('sign-in', {}), {
        type: 'welcomed',
        credentials: [{ username: HOSTILE, displayName: HOSTILE, password: HOSTILE, roles: [HOSTILE] }],
        server: HOSTILE,
      }),
    ];
    for (const screen of screens) {
      expect(screen.text()).toContain('�');
      expect(screen.text()).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u200f]/u);
    }
  });
});
