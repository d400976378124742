import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ID, MODERATION_FRAMES, read } from './app.moderation-frames-testing.js';
import { llafar, moderator1, sample, team } from './app.moderation-testing.js';
import { HOSTILE, rig } from './app.testing.js';
import { SCREENS } from './app.screens.js';
import { viewApp } from './app.view.js';
import type { Key } from './platform/input/key.js';

const SIZE = { columns: 80, rows: 24 };
const NAMES = [
  'enter', 'tab', 'escape', 'backspace', 'delete', 'up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown', 'space',
  'f2', 'f5', 'f8', 'f9', 'f10', ...'0123456789abcdefghjklmnopqrstuvwxyABGN?:/!.*+-=é漢',
];
const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...NAMES).map((name): Key => ({ kind: 'key', name })) },
  fc.constantFrom(...'abefprstuxyz').map((name): Key => ({ kind: 'key', name, ctrl: true })),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text): Key => ({ kind: 'paste', text })),
);

describe.each(Object.keys(MODERATION_FRAMES))('the page %s', (name) => {
  it('takes any keys without falling over, and always shows whole rows without a control character', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 50 }), (keys) => {
        const page = MODERATION_FRAMES[name]!(SIZE);
        page.keys(...keys);
        const lines = viewApp(page.state(), SCREENS);
        expect(lines).toHaveLength(23);
        expect(page.text()).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      { numRuns: 60 },
    );
  });
});

describe('working as a member', () => {
  const chosen = { role: 'principal', member: moderator1 };
  const asPrincipal = () => {
    const page = rig('iamis', {}, SIZE);
    page.answer(read('summaries', { components: [llafar], kept: {} }));
    page.press('t');
    page.answer(read('team', team));
    return page;
  };

  it('is chosen in the team, kept for the next start, and said on every page until it is ended', () => {
    const page = asPrincipal();
    page.press('\u001b[B\r');
    expect(page.state().workAs).toEqual({ [llafar.component]: chosen });
    expect(page.effects()).toContainEqual({ type: 'keep-work-as', account: 'a1', component: llafar.component, capacity: chosen });
    const banner = `AS Principal ON 3000N1 · PART OF ${moderator1}`;
    expect(page.text()).toContain(banner);
    page.answer(read('summaries', { components: [{ ...llafar, capacity: chosen }], kept: { [llafar.component]: chosen } }));
    page.press('\r');
    expect(page.top()).toBe('iamis-centres');
    expect(page.text()).toContain(banner);
    page.press('\u0005');
    expect(page.state().workAs).toEqual({});
    expect(page.text()).not.toContain(banner);
  });

  it('is not undone by an answer to a question of before, which would show one under the banner of the other', () => {
    const page = asPrincipal();
    const askedAs = { workAs: {} };
    page.press('\u001b[B\r');
    page.answer({ ...read('summaries', { components: [llafar], kept: {} }), askedAs });
    expect(page.state().workAs).toEqual({ [llafar.component]: chosen });
    expect(page.effects().at(-1)).toMatchObject({ effect: { what: 'summaries', workAs: { [llafar.component]: chosen }, begins: false } });
    page.press('\r');
    page.press('\u0005');
    page.answer({ ...read('centres', []), askedAs: { capacity: `principal; member=${moderator1}` } });
    expect(page.effects().at(-1)).toMatchObject({ effect: { what: 'centres', capacity: undefined } });
    expect(page.text()).toContain('Loading');
  });

  it('travels with every question, and no page takes a mark meanwhile', () => {
    const page = asPrincipal();
    page.press('\u001b[B\r');
    const asked = page.effects().at(-1);
    expect(asked).toMatchObject({ effect: { type: 'moderation/read', what: 'summaries', workAs: { [llafar.component]: chosen } } });
    page.press('\r');
    const centres = page.effects().at(-1);
    expect(centres).toMatchObject({ effect: { what: 'centres', capacity: `principal; member=${moderator1}` } });
  });

  it('ends with the session of another person', () => {
    const page = asPrincipal();
    page.press('\u001b[B\r');
    page.send({ type: 'signed-out' });
    expect(page.state().workAs).toEqual({});
  });
});

describe('what others wrote', () => {
  it('is shown harmless', () => {
    const page = rig('iamis-review', { component: llafar, centre: '68202', name: HOSTILE }, SIZE);
    const first = sample.candidates[0]!;
    page.answer(read('sample', { ...sample, name: HOSTILE, candidates: [{ ...first, name: HOSTILE, isReceived: false, reason: HOSTILE }] }));
    expect(page.text()).not.toMatch(/[^\P{Cc}\n]/u);
    expect(page.text()).not.toContain('\u202e');
  });
});

describe('a deed', () => {
  it('is asked once while its answer is outstanding, and again with the same number when it was lost', () => {
    const page = MODERATION_FRAMES['outcome']!(SIZE);
    const deeds = () => page.effects().filter((effect) => effect.type === 'of-screen' && effect.effect.type === 'moderation/do');
    page.press('a\ra\r');
    expect(deeds()).toHaveLength(1);
    page.answer({ type: 'not-done', commandId: ID, problem: 'unknown', sentence: { id: 'problem.outcome-unknown' }, mayRepeat: true });
    page.press('r');
    expect(deeds()).toHaveLength(2);
    expect(deeds()[1]).toEqual(deeds()[0]);
  });
});
