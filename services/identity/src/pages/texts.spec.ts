import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';
import { laidOut } from './layout.js';
import { textsCy } from './texts.cy.js';
import { textsEn } from './texts.en.js';
import { textsIn, type TextKey } from './texts.js';

const KEYS = Object.keys(textsEn) as readonly TextKey[];
const FOOT = 'Mae rhai geiriau';
const pageWith = (key: TextKey, language: 'en' | 'cy'): string => {
  const scene = { ...textsIn(language), token: '', address: '/' };
  return laidOut(scene, { title: 'sign-in', body: html`${scene.say(key, VALUES)}` });
};
const VALUES = { count: 3, client: 'c', time: 't', until: 'u', from: 'f', seen: 's', sentTo: '12' };

describe('the words of the pages', () => {
  it('can all be said in both languages, with the same things named', () => {
    const named = (text: string) => new Set([...text.matchAll(/\{(\w+)[},]/g)].map(([, name]) => name));
    for (const key of KEYS) {
      expect(textsIn('cy').plain(key, VALUES)).not.toBe('');
      expect(named(textsCy[key] ?? textsEn[key])).toEqual(named(textsEn[key]));
    }
  });

  it('say at the foot of a Welsh page that some are English, where any is', () => {
    for (const key of KEYS) expect(pageWith(key, 'cy').includes(`<footer><p>${FOOT}`)).toBe(textsCy[key] === undefined);
    expect(KEYS.some((key) => pageWith(key, 'en').includes('<footer>'))).toBe(false);
  });

  it('mutate after numbers', () => {
    const { plain } = textsIn('cy');
    expect([1, 2, 3, 6, 10].map((count) => plain('has-recovery', { count }))).toEqual([
      '1 cod adfer', '2 god adfer', '3 chod adfer', '6 chod adfer', '10 cod adfer',
    ]);
  });
});
