/** A school: stream `centre-<number>`. */
export type CentreEvent = {
  readonly type: 'CentreNamed';
  readonly data: { readonly centre: string; readonly name: string };
};
