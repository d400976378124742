import { describe, expect, it } from '@jest/globals';
import { freeUsername } from './usernames.js';

const made = (name: string, ...taken: readonly string[]) => freeUsername(name, 'example.org', (one) => taken.includes(one));

describe('a user name', () => {
  it.each([
    ['Elin Mair Hughes', 'elin.hughes@example.org'],
    ['Siân Ŵyn-Jones', 'sian.wyn-jones@example.org'],
    ['Madonna', 'madonna@example.org'],
    ["  Tomos   O'Neill ", 'tomos.oneill@example.org'],
    ['李小龍', 'appointee@example.org'],
    ['', 'appointee@example.org'],
  ])('of "%s" is %s', (name, username) => expect(made(name)).toBe(username));

  it('gets a number where somebody has it', () => {
    expect(made('Elin Hughes', 'elin.hughes@example.org')).toBe('elin.hughes2@example.org');
    expect(made('Elin Hughes', 'elin.hughes@example.org', 'elin.hughes2@example.org')).toBe('elin.hughes3@example.org');
  });
});
