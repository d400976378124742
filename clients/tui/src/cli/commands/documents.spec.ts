import { expect, it } from '@jest/globals';
import { AGENDA_BYTES, CENTRE_OF } from '@portal/contract';
import { MOST_BYTES } from './document-files.js';
import { KINDS } from './documents.js';

it('asks for a centre where the contract does, and takes one where the contract does', () => {
  const ofCentre = Object.entries(KINDS).map(([kind, { needs, mayHave = [] }]) =>
    [kind, needs === 'centre' ? 'needed' : mayHave.includes('centre') ? 'possible' : 'none']);
  const { agenda: _, ...wanted } = CENTRE_OF;
  expect(Object.fromEntries(ofCentre)).toEqual(wanted);
});

it('takes an agenda as large as the contract does', () => {
  expect(MOST_BYTES).toBe(AGENDA_BYTES);
});
