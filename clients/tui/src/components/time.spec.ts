import { expect, it } from '@jest/globals';
import { exactTime, seriesIn } from './time.js';

it('names summer and winter time the same way in both languages', () => {
  const [summer, winter] = ['2017-06-30T14:03:07.250Z', '2017-01-30T14:03:07.250Z'];
  expect((['en', 'cy'] as const).map((language) => exactTime(summer, language).split(' ').at(-1))).toEqual(['BST', 'BST']);
  expect((['en', 'cy'] as const).map((language) => exactTime(winter, language).split(' ').at(-1))).toEqual(['GMT', 'GMT']);
});

it('names a series in the language of the reader, and leaves alone what is called otherwise', () => {
  expect(['January 2017', 'June 2017', 'June 2017 resit', 'Dydd 2017'].map((series) => seriesIn(series, 'cy'))).toEqual(['Ionawr 2017', 'Mehefin 2017', 'June 2017 resit', 'Dydd 2017']);
  expect(seriesIn('June 2017', 'en')).toBe('June 2017');
});
