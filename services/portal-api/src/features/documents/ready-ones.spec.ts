import { expect, it } from '@jest/globals';
import type { Document } from '@portal/contract';
import { ReadyOnes } from './ready-ones.js';

const document = (id: string, state: Document['state'] = 'ready'): Document => ({
  document: id, kind: 'formula', component: '3000N1@2017-06', state, progress: 100, bytes: 9, sha256: 'ab', pages: 1,
  requestedAt: '2017-01-30T11:58:00.000Z', readyAt: '2017-01-30T11:59:00.000Z', fileName: `${id}.pdf`,
});

it('keeps what is ready and nothing else, what was asked for lately, and never more than so many', () => {
  const ones = new ReadyOnes(100);
  for (const state of ['requested', 'rendering', 'failed', 'parked'] as const) ones.keep(document(state, state));
  ones.keep(document('asked-for'));
  const ids = Array.from({ length: 1000 }, (_, index) => `d-${index}`);
  for (const id of ids) {
    ones.keep(document(id));
    expect(ones.get('asked-for')).toEqual(document('asked-for'));
  }
  const kept = ids.filter((id) => ones.get(id) !== undefined);
  expect([kept.length <= 100, kept.at(-1), ones.get('d-0')]).toEqual([true, 'd-999', undefined]);
  for (const state of ['requested', 'rendering', 'failed', 'parked']) expect(ones.get(state)).toBeUndefined();
});
