import { it } from '@jest/globals';
import { given } from '../testing.js';
import { freeText } from './decide.js';

const text = '4a9f';
const written = { type: 'TextWritten', data: { text, words: 'lost in the post' } } as const;

it('is written once, and never becomes other words', () => {
  const write = { type: 'WriteText', text, words: 'lost in the post' } as const;
  given(freeText, []).when(write).records([written]);
  given(freeText, [written]).when(write).recordsNothing();
  given(freeText, [written]).when({ ...write, words: 'stolen' }).refuses({ reason: 'SettingMalformed', field: 'text' });
});
