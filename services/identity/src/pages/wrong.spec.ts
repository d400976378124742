import { describe, expect, it } from '@jest/globals';
import { textsIn } from './texts.js';
import { waiting, wrongDigits } from './wrong.js';

describe('a code that is typed', () => {
  it('has six digits, spaces aside', () => {
    expect(['', ' ', '12', '1234567', 'abcdef', '123 456', '123-456'].map(wrongDigits)).toEqual([
      'wrong-code-missing', 'wrong-code-missing', 'wrong-code-digits', 'wrong-code-digits', 'wrong-code-digits', undefined, undefined,
    ]);
  });
});

describe('how long to wait', () => {
  const said = (language: 'en' | 'cy') => (waitS: number) => waiting(textsIn(language).say, waitS).text;

  it('is said in seconds, or in minutes, as the language counts them', () => {
    expect([1, 90, 91, 840].map(said('en')).map((text) => text.slice('Too many tries. '.length))).toEqual([
      'Try again in 1 second.', 'Try again in 90 seconds.', 'Try again in 2 minutes.', 'Try again in 14 minutes.',
    ]);
    expect([2, 91, 300].map(said('cy')).map((text) => text.split('ymhen ')[1])).toEqual(['2 eiliad.', '2 funud.', '5 munud.']);
  });
});
