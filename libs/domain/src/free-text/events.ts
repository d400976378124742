/** The words of a reason or a comment live here and nowhere else: stream `text-<random>`, which can be deleted for good. */
export type FreeTextEvent = {
  readonly type: 'TextWritten';
  readonly data: { readonly text: string; readonly words: string };
};
