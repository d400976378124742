import { describe, it } from '@jest/globals';
import { given } from '../testing.js';
import { centre } from './decide.js';
import type { CentreEvent } from './events.js';

const named = (name: string): CentreEvent => ({ type: 'CentreNamed', data: { centre: '68101', name } });

describe('a centre', () => {
  it('is named and renamed', () => {
    const name = { type: 'NameCentre', centre: '68101', name: 'Ysgol Dôl Derwen' } as const;
    given(centre, [])
      .when(name)
      .records([named('Ysgol Dôl Derwen')]);
    given(centre, [named('Ysgol Dôl Derwen')])
      .when(name)
      .recordsNothing();
    given(centre, [named('Ysgol Glan')])
      .when(name)
      .records([named('Ysgol Dôl Derwen')]);
    given(centre, [])
      .when({ ...name, centre: '123' })
      .refuses({ reason: 'CentreUnknown', centre: '123' });
    given(centre, [])
      .when({ ...name, name: ' ' })
      .refuses({ reason: 'SettingMalformed', field: 'Name' });
  });

  it('joins a consortium, and leaves it', () => {
    const name = { type: 'NameCentre', centre: '68101', name: 'Ysgol Glan' } as const;
    const joined: CentreEvent = { type: 'CentreNamed', data: { centre: '68101', name: 'Ysgol Glan', consortium: 'Arfon' } };
    given(centre, [named('Ysgol Glan')]).when({ ...name, consortium: 'Arfon' }).records([joined]);
    given(centre, [joined]).when({ ...name, consortium: 'Arfon' }).recordsNothing();
    given(centre, [joined]).when(name).records([named('Ysgol Glan')]);
    given(centre, []).when({ ...name, consortium: ' ' }).refuses({ reason: 'SettingMalformed', field: 'Consortium' });
  });
});
