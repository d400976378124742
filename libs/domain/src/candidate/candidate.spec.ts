import { describe, it } from '@jest/globals';
import { given } from '../testing.js';
import { candidate, erasures } from './decide.js';
import type { CandidateEvent, ErasureEvent } from './events.js';

const data = { id: 'n1', series: 'January 2017', centre: '68101', candidate: '0001', name: 'Carys Llwyd' };
const register = { type: 'RegisterCandidate', ...data } as const;
const registered: CandidateEvent = { type: 'CandidateRegistered', data };

describe('a candidate', () => {
  it('is registered, and its name put right', () => {
    given(candidate, []).when(register).records([registered]);
    given(candidate, [registered]).when(register).recordsNothing();
    given(candidate, [registered])
      .when({ ...register, name: 'Carys Lloyd', uci: '6810101700001' })
      .records([{ type: 'CandidateRegistered', data: { ...data, name: 'Carys Lloyd', uci: '6810101700001' } }]);
    given(candidate, [registered])
      .when({ ...register, candidate: '0002' })
      .refuses({ reason: 'SettingMalformed', field: 'candidate' });
  });

  it.each([
    ['Series', { series: 'May 2017' }],
    ['CentreNo', { centre: '6810' }],
    ['CandidateNo', { candidate: '１２３４' }],
    ['Name', { name: '  ' }],
    ['UCI', { uci: '12345678901234' }],
  ])('is refused with a wrong %s', (field, wrong) => {
    given(candidate, [])
      .when({ ...register, ...wrong })
      .refuses({ reason: 'SettingMalformed', field });
  });

  it('is erased once, and the record of it stays', () => {
    const erase = { type: 'EraseCandidate', id: 'n1', series: 'January 2017', centre: '68101' } as const;
    const erased: ErasureEvent = {
      type: 'CandidateErased',
      data: { id: 'n1', series: 'January 2017', centre: '68101' },
    };
    given(erasures, []).when(erase).records([erased]);
    given(erasures, [erased]).when(erase).recordsNothing();
  });
});
