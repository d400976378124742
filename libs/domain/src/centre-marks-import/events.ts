/** One file of centre marks, over any number of centres: stream `import-<commandId>`. All of it is imported, or nothing. */
export type CentreMarksImportEvent =
  | {
      readonly type: 'CentreMarksImportStarted';
      readonly data: {
        readonly import: string;
        readonly component: string;
        /** Judged, and to be carried out whatever happens: centre, candidate, mark as written, and the teaching group. */
        readonly rows: readonly (readonly string[])[];
        /** The centres of the file are closed with it, and their samples drawn by `seed`. */
        readonly submit: boolean;
        readonly seed: string;
        /** What is answered, also to whoever asks again. */
        readonly accepted: number;
        readonly unchanged: number;
      };
    }
  | {
      readonly type: 'CentreMarksImportCompleted';
      readonly data: { readonly import: string; readonly component: string; readonly submitted: readonly string[] };
    };
