import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { HOSTILE } from '../../app.testing.js';
import { sanitise } from './sanitise.js';
import { cut, fit, fitRight, width, wrap } from './width.js';

describe('sanitise', () => {
  it('leaves names as they are', () => {
    for (const name of ['Siân Llŷr-ŵyr', 'O’Brien', 'Ysgol Gyfun Aberteifi', '漢字', 'Zoë']) expect(sanitise(name)).toBe(name);
  });

  it('shows that something harmful stands there, and nothing of it reaches the terminal', () => {
    expect(sanitise(HOSTILE)).toBe('Eve�]52;c;ZXZpbA==��[31m�2J�gnp.����A�');
  });

  it('lets no control, no direction and no invisible character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sanitise(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u);
      }),
    );
  });
});

describe('width', () => {
  it('is told without asking only where it is one column a character', () => {
    for (let code = 0x20; code < 0x3000; code += 1) {
      const character = String.fromCharCode(code);
      // Controls are never measured: `sanitise` has replaced them.
      if (!/\p{Cc}|\p{M}|\p{Cf}/u.test(character)) expect([code, width(character)]).toEqual([code, stringWidth(character)]);
    }
  });

  it('cuts and fills by columns, not by characters', () => {
    expect(fit('abc', 5)).toBe('abc  ');
    expect(fit('abcdef', 5)).toBe('abcd…');
    expect(fitRight('12', 5)).toBe('   12');
    expect(width(fit('漢字漢字', 5))).toBe(5);
    expect(cut('', 0)).toBe('');
  });

  it('always gives exactly the columns asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, columns) => {
        expect(width(fit(sanitise(text), columns))).toBe(columns);
      }),
    );
  });

  it('wraps at words', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('', 8)).toEqual(['']);
  });
});
