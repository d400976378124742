/** Why a component's settings are refused. */
export type ComponentRefusal =
  | { readonly reason: 'ComponentUnknown'; readonly component: string }
  | { readonly reason: 'SettingMalformed'; readonly field: string }
  /** In points. */
  | { readonly reason: 'MaximumBelowMark'; readonly highest: number };
