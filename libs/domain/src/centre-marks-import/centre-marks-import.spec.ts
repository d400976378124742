import { it } from '@jest/globals';
import { given } from '../testing.js';
import { centreMarksImport } from './decide.js';
import type { CentreMarksImportEvent } from './events.js';

const data = {
  import: 'c0ffee00-0000-4000-8000-000000000002',
  component: '3000N1@2017-06',
  rows: [['68301', '0001', '34', 'A']],
  submit: true,
  seed: 's-1',
  accepted: 1,
  unchanged: 0,
};
const started: CentreMarksImportEvent = { type: 'CentreMarksImportStarted', data };
const completed: CentreMarksImportEvent = {
  type: 'CentreMarksImportCompleted',
  data: { import: data.import, component: data.component, submitted: ['68301'] },
};

it('a file is begun once and finished once', () => {
  const start = { type: 'StartCentreMarksImport', ...data } as const;
  const complete = { type: 'CompleteCentreMarksImport', submitted: ['68301'] } as const;
  given(centreMarksImport, []).when(start).records([started]);
  given(centreMarksImport, [started]).when({ ...start, seed: 's-2' }).recordsNothing();
  given(centreMarksImport, [started]).when(complete).records([completed]);
  given(centreMarksImport, [started, completed]).when({ ...complete, submitted: [] }).recordsNothing();
  given(centreMarksImport, []).when(complete).refuses({ reason: 'SettingMalformed', field: 'import' });
});
