import { expect, it } from '@jest/globals';
import { causeOf } from './transport.js';

it('a cause is a word, and never a number', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(causeOf(new TypeError('fetch failed', { cause: refused }))).toBe('ECONNREFUSED');
  expect(causeOf(Object.assign(new Error('it took too long'), { code: DOMException.TIMEOUT_ERR }))).toBe('it took too long');
  expect(causeOf('gone')).toBe('gone');
});
