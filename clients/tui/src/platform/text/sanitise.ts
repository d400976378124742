/**
 * Text that people typed elsewhere (names of candidates and centres) may hold escape sequences, bidirectional controls or
 * line ends. Nothing of that reaches the terminal: each such character is shown as `�`, so that it is seen to be there.
 */
export function sanitise(text: string): string {
  return HARMLESS.test(text) ? text : text.replace(HARMFUL, '\ufffd');
}

// eslint-disable-next-line no-control-regex
const HARMLESS = /^[\x20-\x7e\u00a0-\u024f\u1e00-\u1eff’]*$/;
/* C0 and C1 controls, line and paragraph separators, bidirectional and invisible formatting, tags, lone surrogates. */
const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu;
