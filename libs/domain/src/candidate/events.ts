/** A candidate's name lives here and nowhere else: stream `candidate-<random>`, which can be deleted for good. */

export type CandidateEvent = {
  readonly type: 'CandidateRegistered';
  readonly data: {
    readonly id: string;
    readonly series: string;
    readonly centre: string;
    readonly candidate: string;
    readonly name: string;
    readonly uci?: string;
  };
};

/** Kept in the stream `erasures`, recorded before the name goes; series and centre say where a view holds it. */
export type ErasureEvent = {
  readonly type: 'CandidateErased';
  readonly data: { readonly id: string; readonly series: string; readonly centre: string };
};
