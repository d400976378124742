/** As the service asks for; whether it is a common one is for the service to say. */
const FEWEST = 12;

export const isTooShort = (password: string): boolean => [...password].length < FEWEST;
