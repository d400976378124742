/** Why a document is not made or not given. */
export type DocumentRefusal =
  | { readonly reason: 'DocumentUnknown'; readonly document: string }
  | { readonly reason: 'DocumentNotReady'; readonly state: string }
  /** No role that may have this kind. */
  | { readonly reason: 'NotPermitted'; readonly role: string }
  | { readonly reason: 'NotYourCentre'; readonly centre: string };
