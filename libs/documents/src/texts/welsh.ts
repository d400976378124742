/** A Welsh catalogue has every key of its English one; what is still undefined is printed in English. */
export type Welsh<English> = Readonly<Record<keyof English, string | undefined>>;
