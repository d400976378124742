/** One press of "submit" over any number of sheets: stream `submission-<commandId>`. */

export type SubmissionEvent =
  | {
      readonly type: 'SubmissionStarted';
      readonly data: {
        readonly submission: string;
        readonly component: string;
        readonly examiner: string;
        /** What the person saw: each candidate with the revision then shown. */
        readonly sheets: readonly {
          readonly centre: string;
          readonly candidates: readonly { readonly candidate: string; readonly revision: number }[];
        }[];
        readonly deadline?: string;
      };
    }
  | {
      readonly type: 'SubmissionCompleted';
      readonly data: {
        readonly submission: string;
        readonly component: string;
        readonly examiner: string;
        /** The number a person reads out, e.g. `7K4M-2Q9D`. */
        readonly receipt: string;
        readonly marks: number;
        readonly absent: number;
        readonly sheets: number;
        /** Changed since the summary, so left out. */
        readonly leftOut: readonly { readonly centre: string; readonly candidate: string; readonly why: string }[];
        /** The notary's latest signed head when the receipt was made; absent before the first. */
        readonly logHead?: { readonly position: string; readonly hash: string };
      };
    };
