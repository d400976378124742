/** Marks, times and titles as people of the board read them, in whatever zone this machine stands. */
import type { ComponentShown, Language } from '../models.js';
import type { Said } from '../pdf/said.js';
import { LOCALES } from '../pdf/said.js';
import type { MessageId, Say } from './say.js';
import { en, sayIn } from './say.js';

export const shown = (mark: number | string | undefined): string => (mark === undefined ? '' : String(mark));

/** "1,234.5", in both languages. */
export const counted = (count: number): string => count.toLocaleString('en-GB');

/** "+3", "−2", "0". */
export function signed(difference: number): string {
  if (difference === 0) return '0';
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}

/** "24 November 2026 18:45:07 GMT" in Europe/London; in summer "BST", in Welsh too, which has no abbreviation of its own for it. */
export function exactTime(instant: string, language: Language): string {
  if (instant === '') return '';
  return format(language, 'exact').format(new Date(instant)).replace(/,| at | am /, ' ').replace(/ {2,}/g, ' ').replace('GMT+1', 'BST');
}

/** "24 Nov 2026 18:45:07". */
export function stamp(instant: string | undefined, language: Language): string {
  return instant === undefined || instant === '' ? '' : format(language, 'stamp').format(new Date(instant)).replace(',', '');
}

/**
 * `GCSE MEHEFIN 2017 WELSH LANGUAGE UNED 1 - LLAFAR (3000N1)`, as the board writes it; a qualification may be missing.
 * Where no Welsh title is registered, the whole line is English and says so.
 */
export function titleOf({ qualification, series, titles, code }: ComponentShown, wanted: Language): Said {
  const language = titles[wanted] === '' ? 'en' : wanted;
  const say = sayIn(language);
  const upper = (text: string): string => text.toLocaleUpperCase('en-GB');
  const text = say('component', { qualification, series: upper(seriesIn(series, say)), title: upper(titles[language]), code }).trim();
  return { text, language };
}

/** A series is recorded by its English name: "June 2017". */
function seriesIn(series: string, say: Say): string {
  const [month = '', year = ''] = series.split(' ');
  const id = `month.${month}`;
  return id in en ? `${say(id as MessageId)} ${year}` : series;
}

const SHAPES = {
  exact: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  stamp: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: Language, shape: keyof typeof SHAPES): Intl.DateTimeFormat {
  const key = `${language} ${shape}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(LOCALES[language], { ...SHAPES[shape], timeZone: 'Europe/London', hourCycle: 'h23' });
    formats.set(key, made);
  }
  return made;
}
