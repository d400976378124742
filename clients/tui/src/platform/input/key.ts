/** One key press or one paste, as the tokenizer reads it from the terminal's bytes. */
export type Key =
  | {
      readonly kind: 'key';
      /**
       * A printable character as itself (`a`, `A`, `7`, `é`), else a name: `enter`, `tab`, `escape`, `backspace`, `delete`,
       * `insert`, `up`, `down`, `left`, `right`, `home`, `end`, `pageup`, `pagedown`, `f1`…`f12`, `space`.
       */
      readonly name: string;
      readonly ctrl?: true;
      readonly alt?: true;
      readonly shift?: true;
      /** From the number pad: `0`…`9`, `*`, `-`, `+`, `/`, `.`, `enter`. */
      readonly pad?: true;
    }
  | { readonly kind: 'paste'; readonly text: string };
