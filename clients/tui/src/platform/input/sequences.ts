import type { Key } from './key.js';

/** What the escape sequences of xterm, VTE, the Linux console, rxvt and the kitty protocol mean. */

/** `ESC [ parameters letter`; undefined for what is no key (focus, mouse, reports). */
export function controlSequence(parameters: string, letter: string): Key | undefined {
  if (!/^[\d;:]*$/.test(parameters)) return undefined;
  const [first = '', second = '', third = ''] = parameters.split(';').map((part) => part.split(':')[0]!);
  if (letter === 'Z') return { kind: 'key', name: 'tab', shift: true };
  if (letter === 'u') return named(codePoint(Number(first)), second);
  if (letter === '~' && first === '27') return named(codePoint(Number(third)), second);
  if (letter === '~') return named(BY_NUMBER[first], second);
  return named(BY_LETTER[letter], second);
}

/** `ESC O letter`: cursor and function keys, and the number pad in application mode. */
export function singleShift(letter: string): Key | undefined {
  return named(PAD[letter] ?? BY_LETTER[letter], '');
}

interface Name {
  readonly name: string;
  readonly pad?: true;
}

const BY_LETTER: Readonly<Record<string, Name>> = {
  A: { name: 'up' },
  B: { name: 'down' },
  C: { name: 'right' },
  D: { name: 'left' },
  // The 5 of the number pad while NumLock is off.
  E: { name: 'begin', pad: true },
  F: { name: 'end' },
  H: { name: 'home' },
  P: { name: 'f1' },
  Q: { name: 'f2' },
  R: { name: 'f3' },
  S: { name: 'f4' },
};

const BY_NUMBER: Readonly<Record<string, Name>> = Object.fromEntries(
  [
    [1, 'home'], [2, 'insert'], [3, 'delete'], [4, 'end'], [5, 'pageup'], [6, 'pagedown'], [7, 'home'], [8, 'end'],
    [11, 'f1'], [12, 'f2'], [13, 'f3'], [14, 'f4'], [15, 'f5'], [17, 'f6'], [18, 'f7'], [19, 'f8'], [20, 'f9'],
    [21, 'f10'], [23, 'f11'], [24, 'f12'],
  ].map(([number, name]) => [String(number), { name: String(name) }]),
);

const PAD: Readonly<Record<string, Name>> = Object.fromEntries([
  ...[...'0123456789'].map((digit, index) => [String.fromCharCode(0x70 + index), { name: digit, pad: true }]),
  ...[...'*+,-./'].map((sign, index) => [String.fromCharCode(0x6a + index), { name: sign, pad: true }]),
  ['M', { name: 'enter', pad: true }],
  ['X', { name: '=', pad: true }],
  ['I', { name: 'tab' }],
]) as Record<string, Name>;

const KITTY_PAD = [
  ...'0123456789', '.', '/', '*', '-', '+', 'enter', '=', ',',
  'left', 'right', 'up', 'down', 'pageup', 'pagedown', 'home', 'end', 'insert', 'delete', 'begin',
];
const KITTY_PAD_FIRST = 57399;

function codePoint(code: number): Name | undefined {
  const pad = KITTY_PAD[code - KITTY_PAD_FIRST];
  if (pad !== undefined) return pad.length === 1 || pad === 'enter' ? { name: pad, pad: true } : { name: pad };
  const control = CONTROL_NAMES[code];
  if (control !== undefined) return { name: control };
  const isText = code > 0x20 && code < 0xe000 && !(code >= 0x7f && code < 0xa0) && !(code >= 0xd800 && code < 0xe000);
  return isText ? { name: String.fromCodePoint(code) } : undefined;
}

const CONTROL_NAMES: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  13: 'enter',
  27: 'escape',
  32: 'space',
  127: 'backspace',
};

function named(name: Name | undefined, modifiers: string): Key | undefined {
  if (name === undefined) return undefined;
  const bits = modifiers === '' ? 0 : Number(modifiers) - 1;
  const isLetter = name.name.length === 1;
  return {
    kind: 'key',
    name: isLetter && (bits & 1) !== 0 && (bits & 4) === 0 ? name.name.toUpperCase() : name.name,
    ...((bits & 4) !== 0 && { ctrl: true as const }),
    ...((bits & 2) !== 0 && { alt: true as const }),
    ...((bits & 1) !== 0 && !isLetter && { shift: true as const }),
    ...(name.pad && { pad: true as const }),
  };
}
