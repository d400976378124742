import { expect, it } from '@jest/globals';
import { exactTime } from './time.js';

it('names summer and winter time the same way in both languages', () => {
  const [summer, winter] = ['2017-06-30T14:03:07.250Z', '2017-01-30T14:03:07.250Z'];
  expect((['en', 'cy'] as const).map((language) => exactTime(summer, language).split(' ').at(-1))).toEqual(['BST', 'BST']);
  expect((['en', 'cy'] as const).map((language) => exactTime(winter, language).split(' ').at(-1))).toEqual(['GMT', 'GMT']);
});
