import type { Key } from './key.js';
import { controlSequence, singleShift } from './sequences.js';

/**
 * Bytes of a terminal → keys, as a pure state machine: any split of the same bytes gives the same keys. Only a lone ESC
 * needs time, and time lives outside: the caller calls `flush` when nothing has followed for a moment.
 */
export interface TokenizerState {
  /** The start of a sequence whose end has not arrived. */
  readonly pending: readonly number[];
  /** Bytes inside a bracketed paste whose end has not arrived. */
  readonly paste: readonly number[] | undefined;
}

export interface Tokens {
  readonly state: TokenizerState;
  readonly keys: readonly Key[];
}

export const EMPTY: TokenizerState = { pending: [], paste: undefined };

export function tokenize(state: TokenizerState, bytes: Uint8Array | readonly number[]): Tokens {
  const input = [...state.pending, ...bytes];
  const keys: Key[] = [];
  let paste = state.paste === undefined ? undefined : [...state.paste];
  let at = 0;
  while (at < input.length) {
    const step: Step = paste === undefined ? readOne(input, at) : readPasted(input, at, paste);
    if (step === 'incomplete') break;
    at = step.next;
    if (step.paste === 'begins') paste = [];
    if (step.paste === 'ends') paste = undefined;
    if (step.key !== undefined) keys.push(step.key);
  }
  return { state: { pending: input.slice(at), paste }, keys };
}

/** True while only time can tell what the last bytes mean. */
export function isWaiting(state: TokenizerState): boolean {
  return state.pending.length > 0 || state.paste !== undefined;
}

/** Nothing followed: a lone ESC is the Escape key, `ESC x` is Alt with x, an unfinished paste ends here. */
export function flush(state: TokenizerState): Tokens {
  if (state.paste !== undefined) {
    return { state: EMPTY, keys: [pasted([...state.paste, ...state.pending])] };
  }
  const [first, second] = state.pending;
  if (first !== ESC) return { state: EMPTY, keys: [] };
  if (second === undefined) return { state: EMPTY, keys: [{ kind: 'key', name: 'escape' }] };
  if (state.pending.length > 2) return { state: EMPTY, keys: [] };
  return { state: EMPTY, keys: withAlt(single(second)) };
}

type Step =
  | 'incomplete'
  | { readonly next: number; readonly key?: Key; readonly paste?: 'begins' | 'ends' };

const ESC = 0x1b;
const PASTE_END = [...'\u001b[201~'].map((c) => c.charCodeAt(0));
/** No key is longer; what is longer is noise and is dropped. */
const LONGEST_SEQUENCE = 48;
const LONGEST_REPLY = 4096;

function readOne(input: readonly number[], at: number): Step {
  const byte = input[at]!;
  if (byte === ESC) return readEscape(input, at);
  if (byte < 0x80) return { next: at + 1, key: single(byte) };
  return readUtf8(input, at);
}

function readEscape(input: readonly number[], at: number): Step {
  const second = input[at + 1];
  if (second === undefined) return 'incomplete';
  if (second === ESC) return { next: at + 1, key: { kind: 'key', name: 'escape' } };
  if (second === 0x5b) return readControlSequence(input, at);
  if (second === 0x4f) return readSingleShift(input, at);
  if (second === 0x5d || second === 0x50 || second === 0x5f || second === 0x5e) return readReply(input, at);
  if (second < 0x80) return { next: at + 2, ...one(withAlt(single(second))) };
  const character = readUtf8(input, at + 1);
  if (character === 'incomplete') return 'incomplete';
  return { next: character.next, ...one(withAlt(character.key)) };
}

/** `ESC [ parameters intermediates final`; also `ESC [ [ A`, how the Linux console says F1…F5. */
function readControlSequence(input: readonly number[], at: number): Step {
  let end = at + 2;
  if (input[end] === 0x5b) {
    const letter = input[end + 1];
    if (letter === undefined) return 'incomplete';
    const isFunctionKey = letter >= 0x41 && letter <= 0x45;
    return isFunctionKey
      ? { next: end + 2, key: { kind: 'key', name: `f${letter - 0x40}` } }
      : { next: end + 1 };
  }
  while (end < input.length && input[end]! >= 0x20 && input[end]! <= 0x3f && end - at < LONGEST_SEQUENCE) end += 1;
  if (end === input.length) return 'incomplete';
  const final = input[end]!;
  // A control character inside a sequence ends it unread and is then read for itself.
  if (final < 0x40 || final > 0x7e) return { next: end };
  const parameters = text(input.slice(at + 2, end));
  const letter = String.fromCharCode(final);
  if (letter === '~' && parameters === '200') return { next: end + 1, paste: 'begins' };
  return { next: end + 1, ...one([controlSequence(parameters, letter)]) };
}

function readSingleShift(input: readonly number[], at: number): Step {
  const letter = input[at + 2];
  if (letter === undefined) return 'incomplete';
  if (letter < 0x20 || letter > 0x7e) return { next: at + 2 };
  return { next: at + 3, ...one([singleShift(String.fromCharCode(letter))]) };
}

/** Answers of the terminal (OSC, DCS, APC, PM) end with BEL or `ESC \`; they are no keys. */
function readReply(input: readonly number[], at: number): Step {
  for (let end = at + 2; end < input.length; end += 1) {
    if (input[end] === 0x07 || end - at > LONGEST_REPLY) return { next: end + 1 };
    if (input[end] !== ESC) continue;
    if (end + 1 === input.length) return 'incomplete';
    return { next: input[end + 1] === 0x5c ? end + 2 : end };
  }
  return 'incomplete';
}

function readPasted(input: readonly number[], at: number, paste: number[]): Step {
  const byte = input[at]!;
  if (byte === ESC) {
    const ahead = input.slice(at, at + PASTE_END.length);
    if (ahead.every((value, index) => value === PASTE_END[index])) {
      if (ahead.length < PASTE_END.length) return 'incomplete';
      return { next: at + PASTE_END.length, key: pasted(paste), paste: 'ends' };
    }
  }
  paste.push(byte);
  return { next: at + 1 };
}

/** Malformed bytes and C1 controls are dropped one by one, so that what follows is still read. */
function readUtf8(input: readonly number[], at: number): Step {
  const first = input[at]!;
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
  if (length === 0 || first >= 0xf5) return { next: at + 1 };
  for (let index = 1; index < length; index += 1) {
    const byte = input[at + index];
    if (byte === undefined) return 'incomplete';
    if ((byte & 0xc0) !== 0x80) return { next: at + index };
  }
  const character = text(input.slice(at, at + length));
  const isText = character.length > 0 && !character.includes('\ufffd') && !/[\u0080-\u009f]/.test(character);
  return isText ? { next: at + length, key: { kind: 'key', name: character } } : { next: at + length };
}

function single(byte: number): Key | undefined {
  if (byte === 0x0d || byte === 0x0a) return { kind: 'key', name: 'enter' };
  if (byte === 0x09) return { kind: 'key', name: 'tab' };
  if (byte === 0x7f || byte === 0x08) return { kind: 'key', name: 'backspace' };
  if (byte === ESC) return { kind: 'key', name: 'escape' };
  if (byte === 0x20) return { kind: 'key', name: 'space' };
  if (byte === 0) return { kind: 'key', name: 'space', ctrl: true };
  if (byte < 0x1b) return { kind: 'key', name: String.fromCharCode(byte + 0x60), ctrl: true };
  if (byte < 0x20) return { kind: 'key', name: String.fromCharCode(byte + 0x40), ctrl: true };
  return byte < 0x80 ? { kind: 'key', name: String.fromCharCode(byte) } : undefined;
}

function withAlt(key: Key | undefined): Key[] {
  return key === undefined || key.kind === 'paste' ? [] : [{ ...key, alt: true }];
}

function one(keys: readonly (Key | undefined)[]): { key?: Key } {
  const [key] = keys;
  return key === undefined ? {} : { key };
}

function pasted(bytes: readonly number[]): Key {
  return { kind: 'paste', text: text(bytes) };
}

const decoder = new TextDecoder();
function text(bytes: readonly number[]): string {
  return decoder.decode(Uint8Array.from(bytes));
}
