import { describe, expect, it } from '@jest/globals';
import { PROBLEM_TYPES } from '@portal/contract';
import { IntlMessageFormat } from 'intl-messageformat';
import { APP_KEYS } from '../../app.keys.js';
import { SCREENS } from '../../app.screens.js';
import { en, welsh, type MessageId } from './catalogue.js';
import { translator } from './translate.js';

const cy = welsh();
const ids = Object.keys(en) as MessageId[];

/** Names of systems and methods, and of the languages themselves. */
const SAME_IN_BOTH = [
  'account.amp', 'cli.head.totalCfAbs', 'cli.verdict.rho', 'documents.key.agenda.short', 'documents.new.language.cy', 'documents.new.language.en', 'emi.title', 'iamis.method.deming',
  'iamis.report.language.cy', 'iamis.title',
];

describe('catalogue', () => {
  it('has the same keys in both languages', () => {
    const ofScreens = (all: readonly string[]) => all.filter((id) => !id.startsWith('cli.')).sort();
    expect(ofScreens(Object.keys(cy))).toEqual(ofScreens(ids));
    // The command line writes down only what is translated.
    expect(ids).toEqual(expect.arrayContaining(Object.keys(cy)));
  });

  it.each(['en', 'cy'] as const)('is well formed in %s', (language) => {
    for (const id of ids) {
      const text = language === 'cy' ? cy[id] : en[id];
      if (text !== undefined) expect(() => new IntlMessageFormat(text, language, undefined, { ignoreTag: true })).not.toThrow();
    }
  });

  it('has a sentence for every refusal of the service', () => {
    for (const type of PROBLEM_TYPES) expect(ids).toContain(`problem.${type}`);
  });

  it('has a sentence for every key, and a word where it stands in the footer', () => {
    const bindings = [...Object.values(SCREENS).flatMap((screen) => screen.keys), ...APP_KEYS];
    for (const { description, footer } of bindings) {
      expect(ids).toContain(description);
      if (footer !== undefined) expect(ids).toContain(`${description}.short`);
    }
  });

  it('binds no key twice on one screen', () => {
    for (const screen of Object.values(SCREENS)) {
      const keys = screen.keys.flatMap((binding) => binding.keys);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  it('is Welsh in Welsh: only what has no words of its own is the same', () => {
    const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll(/\{\w+\}/g, ''));
    const sameIn = (texts: typeof cy) => ids.filter((id) => texts[id] === en[id] && hasWords(en[id])).sort();
    expect(sameIn(cy)).toEqual(SAME_IN_BOTH);
    expect(sameIn({ ...cy, 'documents.busy': en['documents.busy'] })).toContain('documents.busy');
  });

  it('shows English where Welsh is missing, and counts in Welsh where it is not', () => {
    expect(translator('cy')('frame.portal')).toBe(cy['frame.portal'] ?? en['frame.portal']);
    expect(translator('en')('emi.enter', { left: 1290 })).toBe('ENTER MARKS (1,290 LEFT)');
    expect(translator('cy')('emi.enter', { left: 1290 })).toBe('MEWNBYNNU MARCIAU (1,290 YN WEDDILL)');
    const summaries = [1, 2, 3, 6, 7].map((count) => translator('cy')('plain.summary', { marks: count, absent: 0, sheets: count, total: 0 }).split('. ')[0]);
    expect(summaries).toEqual([
      '1 marc, 0 absennol, ar 1 daflen farciau',
      '2 farc, 0 absennol, ar 2 daflen farciau',
      '3 marc, 0 absennol, ar 3 taflen farciau',
      '6 marc, 0 absennol, ar 6 thaflen farciau',
      '7 marc, 0 absennol, ar 7 taflen farciau',
    ]);
  });
});
