import { describe, expect, it } from '@jest/globals';
import { METHODS, type Flag } from '@portal/domain';
import { IntlMessageFormat } from 'intl-messageformat';
import type { MessageId } from './say.js';
import { cy, en, sayIn } from './say.js';

const ids = Object.keys(en) as MessageId[];
const places = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name as string))].sort();

describe('the texts of documents', () => {
  it('have the same keys and places in both languages, and are well formed', () => {
    expect(Object.keys(cy).sort()).toEqual([...ids].sort());
    for (const id of ids) {
      expect(() => new IntlMessageFormat(en[id], 'en-GB', undefined, { ignoreTag: true })).not.toThrow();
      const welsh = cy[id];
      if (welsh !== undefined && en[id] !== '') expect([id, places(welsh)]).toEqual([id, places(en[id])]);
    }
  });

  it('have a word for every method and flag there is', () => {
    for (const method of [...METHODS, 'use-moderator-marks', 'accept']) expect(ids).toContain(`method.${method}`);
    const flags: Readonly<Record<Flag, true>> = {
      'too-few-pairs': true, 'no-variance': true, 'low-rho': true, 'slope-not-positive': true, 'no-anchors': true,
      'large-adjustment': true, 'poor-fit': true, 'weak-evidence': true, 'work-not-received': true,
    };
    for (const flag of Object.keys(flags)) expect(ids).toContain(`formula.flag.${flag}`);
  });

  it('say in which language they are', () => {
    expect(sayIn('cy')('tolerance')).toEqual({ text: 'Goddefiant', language: 'cy' });
    expect(sayIn('cy')('page', { page: 1, pages: 1200 })).toEqual({ text: 'Tudalen 1 o 1,200', language: 'cy' });
    expect(sayIn('cy')('formula.accepted')).toEqual({ text: 'The centre’s marks stand.', language: 'en' });
  });
});
