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
        /** Against the deadline in force when it was started. */
        readonly late: boolean;
        /** Changed since the summary, so left out; `why` is the reason of a refusal (`ChangedElsewhere`). */
        readonly leftOut: readonly { readonly centre: string; readonly candidate: string; readonly why: string }[];
        /** The notary's latest signed head when the receipt was made; absent before the first. */
        readonly logHead?: { readonly position: string; readonly hash: string };
      };
    };
