import { describe, expect, it } from '@jest/globals';
import { METHODS, seriesOf, type Flag } from '@portal/domain';
import { IntlMessageFormat } from 'intl-messageformat';
import { UNIT } from '../testing/formula-models.js';
import { exactTime, titleOf } from './figures.js';
import type { MessageId } from './say.js';
import { cy, en, sayIn } from './say.js';

const ids = Object.keys(en) as MessageId[];
const places = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name as string))].sort();
const asInEnglish = (welsh: Readonly<Record<MessageId, string>>): readonly string[] => ids.filter((id) => welsh[id] === en[id]).sort();
const SAME = ['centre-count.totalCfAbs', 'component', 'formula.a', 'formula.b', 'formula.lambda', 'method.deming', 'report.cf-abs'];

describe('the texts of documents', () => {
  it('have the same keys and places in both languages, and are well formed', () => {
    expect(Object.keys(cy).sort()).toEqual([...ids].sort());
    for (const id of ids) {
      expect(() => new IntlMessageFormat(en[id], 'en-GB', undefined, { ignoreTag: true })).not.toThrow();
      expect(() => new IntlMessageFormat(cy[id], 'cy-GB', undefined, { ignoreTag: true })).not.toThrow();
      expect([id, places(cy[id])]).toEqual([id, places(en[id])]);
    }
  });

  it('are Welsh in Welsh: nothing is as in English but symbols, codes and a name', () => {
    expect(asInEnglish(cy)).toEqual(SAME);
    expect(asInEnglish({ ...cy, 'sheet.kind': en['sheet.kind'] })).toEqual([...SAME, 'sheet.kind'].sort());
  });

  it('have a word for every method and flag there is', () => {
    for (const method of [...METHODS, 'use-moderator-marks', 'accept']) expect(ids).toContain(`method.${method}`);
    const flags: Readonly<Record<Flag, true>> = {
      'too-few-pairs': true, 'no-variance': true, 'low-rho': true, 'slope-not-positive': true, 'no-anchors': true,
      'large-adjustment': true, 'poor-fit': true, 'weak-evidence': true, 'work-not-received': true,
    };
    for (const flag of Object.keys(flags)) expect(ids).toContain(`formula.flag.${flag}`);
  });

  it('are filled in their language, with numbers as the board writes them', () => {
    expect(sayIn('cy')('tolerance')).toBe('Goddefiant');
    expect(sayIn('cy')('page', { page: 1, pages: 1200 })).toBe('Tudalen 1 o 1,200');
    expect(sayIn('en')('page', { page: 1, pages: 1200 })).toBe('Page 1 of 1,200');
  });

  it('call every series by its month, whatever a title says', () => {
    const months = Array.from({ length: 12 }, (_, n) => seriesOf(`3000N1@2017-${String(n + 1).padStart(2, '0')}`)).filter((series) => series !== undefined);
    const titled = (series: string) => titleOf({ ...UNIT, series }, 'cy');
    expect(months.map((series) => titled(series).text.replace(' WELSH LANGUAGE UNED 1 - LLAFAR (3000N1)', ''))).toEqual(
      ['GCSE IONAWR 2017', 'GCSE MAWRTH 2017', 'GCSE MEHEFIN 2017', 'GCSE TACHWEDD 2017'],
    );
    expect(titled('June 2017').language).toBe('cy');
    expect(titleOf(UNIT, 'en')).toEqual({ text: 'GCSE JUNE 2017 WELSH LANGUAGE UNIT 1 - ORACY (3000N1)', language: 'en' });
  });

  it('say English where no Welsh title is registered', () => {
    const untitled = { ...UNIT, titles: { en: 'Oracy', cy: '' } };
    expect(titleOf(untitled, 'cy')).toEqual({ text: 'GCSE JUNE 2017 ORACY (3000N1)', language: 'en' });
  });

  it('write a time the same way in summer and winter', () => {
    expect(exactTime('2017-06-30T14:03:07.250Z', 'cy')).toBe('30 Mehefin 2017 15:03:07 BST');
    expect(exactTime('2017-01-30T14:03:07.250Z', 'cy')).toBe('30 Ionawr 2017 14:03:07 GMT');
    expect(exactTime('2017-06-30T14:03:07.250Z', 'en')).toBe('30 June 2017 15:03:07 BST');
  });
});
