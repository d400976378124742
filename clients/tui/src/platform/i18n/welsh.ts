/** A Welsh catalogue has every text of its English one. */
export type Welsh<English> = Readonly<Record<keyof English, string>>;
