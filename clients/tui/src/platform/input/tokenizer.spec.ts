import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyName } from '../screen.js';
import type { Key } from './key.js';
import { EMPTY, flush, isWaiting, tokenize } from './tokenizer.js';

const bytesOf = (text: string) => [...new TextEncoder().encode(text)];
const names = (keys: readonly Key[]) => keys.map((key) => (key.kind === 'paste' ? `paste:${key.text}` : keyName(key)));
const read = (input: string | readonly number[]) => {
  const { state, keys } = tokenize(EMPTY, typeof input === 'string' ? bytesOf(input) : input);
  return names([...keys, ...flush(state).keys]);
};

describe('tokenizer', () => {
  it.each<[string, string, string[]]>([
    ['three marks in one read', '1\r2\r3\r', ['1', 'enter', '2', 'enter', '3', 'enter']],
    ['letters, capitals and accents', 'aAé€', ['a', 'A', 'é', '€']],
    ['control keys', '\u001a\u0019\u000c\u007f\t ', ['ctrl-z', 'ctrl-y', 'ctrl-l', 'backspace', 'tab', 'space']],
    ['arrows in both modes', '\u001b[A\u001b[B\u001bOC\u001bOD', ['up', 'down', 'right', 'left']],
    ['modifiers', '\u001b[1;5C\u001b[1;2A\u001b[Z\u001b[3;3~', ['ctrl-right', 'shift-up', 'shift-tab', 'alt-delete']],
    ['function keys', '\u001bOP\u001b[12~\u001b[[C\u001b[20~\u001b[24~', ['f1', 'f2', 'f3', 'f9', 'f12']],
    ['alt with a letter', '\u001bx', ['alt-x']],
    ['a lone escape', '\u001b', ['escape']],
    ['escape twice', '\u001b\u001b', ['escape', 'escape']],
    ['the number pad', '\u001bOp\u001bOy\u001bOj\u001bOk\u001bOm\u001bOn\u001bOo\u001bOM', [
      'pad-0', 'pad-9', 'pad-*', 'pad-+', 'pad--', 'pad-.', 'pad-/', 'pad-enter',
    ]],
    ['the number pad without NumLock', '\u001b[1~\u001b[5~\u001b[E\u001bOE\u001b[2~', ['home', 'pageup', 'pad-begin', 'pad-begin', 'insert']],
    ['the kitty number pad', '\u001b[57404u\u001b[57414u\u001b[57417u', ['pad-5', 'pad-enter', 'left']],
    ['a paste', '\u001b[200~12\r34\r\u001b[201~x', ['paste:12\r34\r', 'x']],
    ['a paste that holds sequences', '\u001b[200~a\u001b[Ab\u001b[201~', ['paste:a\u001b[Ab']],
    ['a paste whose end got lost', '\u001b[200~12', ['paste:12']],
    ['reports of the terminal are no keys', '\u001b]11;rgb:0/0/0\u0007\u001bP1$r\u001b\\\u001b[I\u001b[<0;1;1Ma', ['a']],
    ['a sequence broken off by a key', '\u001b[1\r', ['enter']],
  ])('reads %s', (_, input, keys) => {
    expect(read(input)).toEqual(keys);
  });

  it('drops what is no UTF-8 and reads on', () => {
    expect(read([0xff, 0x61, 0xc3, 0x62, 0xed, 0xa0, 0x80, 0xc2, 0x9b, 0x63])).toEqual(['a', 'b', 'c']);
  });

  it('waits only while time must decide', () => {
    expect(isWaiting(tokenize(EMPTY, bytesOf('a')).state)).toBe(false);
    expect(isWaiting(tokenize(EMPTY, [0x1b]).state)).toBe(true);
    expect(isWaiting(tokenize(EMPTY, bytesOf('\u001b[200~x')).state)).toBe(true);
  });

  const pieces = fc.oneof(
    fc.constantFrom('\u001b[A', '\u001b[1;5C', '\u001bOp', '\u001b[200~', '\u001b[201~', '\u001b', '1\r', 'é', '漢', '😀', '\u001b]0;x\u0007'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  const input = fc.oneof(
    fc.array(pieces, { maxLength: 30 }).map((parts) => bytesOf(parts.join(''))),
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 120 }),
  );

  it('reads the same keys however the bytes are split, and never throws', () => {
    fc.assert(
      fc.property(input, fc.array(fc.nat(7), { maxLength: 60 }), (bytes, sizes) => {
        const whole = tokenize(EMPTY, bytes);
        let state = EMPTY;
        const keys: Key[] = [];
        let at = 0;
        for (const size of [...sizes, bytes.length]) {
          const step = tokenize(state, bytes.slice(at, at + size));
          state = step.state;
          keys.push(...step.keys);
          at += size;
        }
        expect(keys).toEqual(whole.keys);
        expect(flush(state)).toEqual(flush(whole.state));
      }),
      { numRuns: 2000 },
    );
  });

  it('waits for nothing for ever: after a flush nothing is pending', () => {
    fc.assert(fc.property(input, (bytes) => expect(flush(tokenize(EMPTY, bytes).state).state).toEqual(EMPTY)));
  });
});
