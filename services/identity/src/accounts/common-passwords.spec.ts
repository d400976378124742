import { describe, expect, it } from '@jest/globals';
import { isCommon } from './common-passwords.js';

const USERNAME = 'gwen.morgan@wjec-appointees.co.uk';

describe('a password that is chosen', () => {
  it.each([
    ['1qaz2wsx3edc', 'stands in the list'],
    ['QWERTY123456', 'stands in it in other case'],
    ['password2026!', 'is a listed one with a year and a sign'],
    ['***dragon2017***', 'is a listed one between signs'],
    ['abcabcabcabc', 'is one piece, again and again'],
    ['aaaaaaaaaaaaaaaa', 'is one letter'],
    [USERNAME, 'is the user name'],
    ['Gwen.Morgan2026', 'is the user name before the @, and a year'],
  ])('is refused: %s %s', async (password) => {
    expect(await isCommon(password, USERNAME)).toBe(true);
  });

  it.each(['cennin pedr melyn', 'llyfr mawr glas 7', 'correct horse battery', 'tair cath ddu 1987'])(
    'is taken: %s',
    async (password) => {
      expect(await isCommon(password, USERNAME)).toBe(false);
    },
  );
});
