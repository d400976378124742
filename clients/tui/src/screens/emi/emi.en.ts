/** The texts of this screen. */
export const emiEn = {};
