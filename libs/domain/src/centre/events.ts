/** A school: stream `centre-<number>`. */
export type CentreEvent = {
  readonly type: 'CentreNamed';
  /** `consortium`: those who share it are moderated together; absent where a centre stands alone. */
  readonly data: { readonly centre: string; readonly name: string; readonly consortium?: string };
};
