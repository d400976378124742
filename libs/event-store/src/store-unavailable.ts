/** The store cannot be reached, or does not answer: nothing is known to be lost, and later it may work again. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
