/** The texts of this screen. */
export const markEntryEn = {};
