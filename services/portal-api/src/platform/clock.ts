/** The time, where a use case needs one: injected, so that a test can hold it still. */
export type Clock = () => Date;
export const CLOCK = Symbol('clock');
