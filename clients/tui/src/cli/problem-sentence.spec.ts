import { describe, expect, it } from '@jest/globals';
import { translator } from '../platform/i18n/translate.js';
import { problemSentence } from './problem-sentence.js';

const say = translator('en');

describe('a refusal for people', () => {
  it('names whom it is about, who may instead, and what is missing', () => {
    const sentence = (error: Parameters<typeof problemSentence>[1]) => problemSentence(say, error);
    expect(sentence({ type: 'review-remaining', candidates: ['68201 0001', { centre: '68202', candidate: '0002' }] })).toMatch(/ 68201 0001, 68202 0002$/);
    expect(sentence({ type: 'not-independent', others: ['Cadeirydd\u001b[2J'] })).toMatch(/ Cadeirydd�\[2J$/);
    expect(sentence({ type: 'report-incomplete', field: 'report', fields: ['report'] })).toBe('The centre report is not complete. [report]');
    expect(sentence({ type: 'report-incomplete', fields: ['administration', 'tasks'] })).toMatch(/ Administration, Appropriateness of tasks$/);
    expect(sentence({ type: 'outcome-undecided', flags: ['low-rho', 'of-tomorrow'] })).toMatch(/ order of merit differs \(ρ below 0.8\), of-tomorrow$/);
  });
});
