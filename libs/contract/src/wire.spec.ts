import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import * as wire from './index.js';

const ID = 'c0ffee00-0000-4000-8000-000000000001';
const AT = '2017-01-20T10:00:00.000Z';
const counts = { allocated: 290, left: 280, outstanding: 1, entered: 5, submitted: 4 };
const titles = { en: 'LATIN LANGUAGE CORE: LEVEL 2', cy: 'IAITH LADIN CRAIDD: LEFEL 2' };
const recorded = { candidate: '0001', mark: 34, event: ID, position: '42', recordedAt: AT, revision: 3 };
const row = { commandId: ID, candidate: '0001', mark: '34' };
const problem = {
  type: 'mark-out-of-range',
  title: 'Over',
  status: 422,
  detail: 'The maximum is 80.',
  field: 'mark',
};
const candidate = {
  candidate: '0001',
  name: 'Siân Tŷ',
  state: 'entered',
  mark: 34,
  savedAt: AT,
  revision: 3,
  confirmed: true,
  verified: false,
  flagged: false,
};
const history = {
  event: ID,
  type: 'MarkCorrected',
  recordedAt: AT,
  actor: 'PORTAL Test User 7',
  capacity: 'examiner',
  session: 's-1',
  from: 34,
  to: 43,
  reason: null,
  position: '42',
  enteredAt: null,
  queuedMs: null,
  fromExaminer: null,
  toExaminer: null,
};
const component = {
  component: '9521/01@2017-01',
  kind: 'EMI',
  series: 'January 2017',
  titles,
  maximum: 80,
  deadline: '2017-02-12T23:59:00Z',
};
const receipt = {
  receipt: '7K4M-2Q9D',
  component: '9521/01@2017-01',
  marks: 4,
  absent: 1,
  sheets: 1,
  leftOut: [{ centre: '68101', candidate: '0002', why: 'changed-elsewhere' }],
  position: '42',
  recordedAt: AT,
  late: false,
  logHead: null,
};
const seen = { centre: '68101', candidates: [{ candidate: '0001', revision: 3 }] };
const code = '9521/01';
const summary = {
  component: `${code}@2017-01`,
  code,
  qualification: 'GCSE',
  series: 'January 2017',
  title: titles.en,
  titles,
};
const node = {
  person: 'u@x',
  displayName: 'U',
  role: 'principal',
  left: 0,
  entered: 0,
  submitted: 0,
  members: [],
};

/** The names that scripts rely on: every example comes back from its schema with all of its fields. */
const right: readonly [string, z.ZodType, readonly unknown[]][] = [
  ['MarkValue', wire.MarkValue, [0, 7.5, 'ABS', 'CF', null]],
  ['CandidateNumber', wire.CandidateNumber, ['0001']],
  ['CentreNumber', wire.CentreNumber, ['68101']],
  ['ComponentId', wire.ComponentId, ['9521/01', '9521/01@2017-01', '3000N1@2017-06']],
  ['SeriesName', wire.SeriesName, ['January 2017', 'November 2026']],
  ['EmiSummary', wire.EmiSummary, [{ ...summary, deadline: AT, maximum: 80, halfMarks: false, ...counts, exportAs: 'principal', agendaBytes: 9 }]],
  ['SheetSummary', wire.SheetSummary, [{ centre: '68101', name: 'Ysgol Dôl', ...counts }]],
  [
    'SheetCandidate',
    wire.SheetCandidate,
    [candidate, { ...candidate, mark: null, savedAt: null, reason: 'lost' }],
  ],
  [
    'Sheet',
    wire.Sheet,
    [
      {
        component: '9521/01@2017-01',
        centre: '68101',
        name: '',
        maximum: 80,
        halfMarks: false,
        revision: 9,
        candidates: [candidate],
      },
    ],
  ],
  ['EnterMark', wire.EnterMark, [{ mark: '34' }, { mark: '0', confirmed: true, enteredAt: AT, queuedMs: 0 }]],
  ['MarkRow', wire.MarkRow, [row, { ...row, mark: 'CLEAR', expect: 0 }]],
  ['MarkEntered', wire.MarkEntered, [recorded, { ...recorded, event: null, position: null, recordedAt: null }]],
  [
    'MarkAnswer',
    wire.MarkAnswer,
    [
      { commandId: ID, recorded },
      { commandId: null, refused: problem },
    ],
  ],
  [
    'ChangedElsewhere',
    wire.ChangedElsewhere,
    [{ ...problem, candidate: '0001', mark: 34, revision: 3, by: 'U', at: AT }],
  ],
  ['Verify', wire.Verify, [{ mark: '34' }, { mark: 'ABS', keep: 'second' }]],
  [
    'HistoryEntry',
    wire.HistoryEntry,
    [history, { ...history, from: null, to: 'ABS', enteredAt: AT, queuedMs: 5, fromExaminer: 'Anna', toExaminer: 'Bryn' }],
  ],
  ['Submit', wire.Submit, [{}, { centre: '68101', confirmed: true }, { sheets: [seen] }]],
  ['Receipt', wire.Receipt, [receipt, { ...receipt, logHead: { position: '40', hash: 'ab' } }]],
  [
    'Component',
    wire.Component,
    [component, { ...component, tolerance: 4, sampleRule: 'jcq-classic', method: 'ols', policies: [] }],
  ],
  [
    'ImportAnswer',
    wire.ImportAnswer,
    [
      {
        accepted: 1,
        unchanged: 2,
        refused: [{ row: 1, candidate: null, field: 'Mark', reason: 'mark-malformed' }],
      },
    ],
  ],
  [
    'CreateAccount',
    wire.CreateAccount,
    [{ username: 'u@wjec-appointees.co.uk', name: 'U', roles: ['appointee'] }],
  ],
  [
    'Reallocate',
    wire.Reallocate,
    [
      { from: 'a@x', to: 'b@x' },
      { from: 'a@x', to: 'b@x', candidates: ['0001'], entered: 'clear' },
    ],
  ],
  ['TeamNode', wire.TeamNode, [{ ...node, members: [{ ...node, role: 'examiner' }] }]],
  [
    'ServiceEntry',
    wire.ServiceEntry,
    [{ section: 'examinations-and-assessments', service: 'emi', waiting: 290 }],
  ],
  [
    'SignInStep',
    wire.SignInStep,
    [{ step: 'username' }, { step: 'password', username: 'u@x' }, { step: 'done', resume: '/r' }],
  ],
  ['Ready', wire.Ready, [{ ready: true, url: 'http://127.0.0.1:1', data: '/d', firstStart: false, pid: 1 }]],
];

const wrong: readonly [string, z.ZodType, readonly unknown[]][] = [
  ['MarkValue', wire.MarkValue, ['34', 'abs', undefined, Number.NaN]],
  ['TypedMark', wire.TypedMark, [34, null, '1'.repeat(17)]],
  ['CandidateNumber', wire.CandidateNumber, ['1', '00001', '000a', '０００１', '0001\n', 1]],
  ['CentreNumber', wire.CentreNumber, ['6810', '681011', ' 68101', 68101]],
  ['ComponentId', wire.ComponentId, ['', '9521/01@2017', '9521%2F01', '../x', `${'9'.repeat(41)}`]],
  ['SeriesName', wire.SeriesName, ['May 2017', 'january 2017', 'January 17']],
  [
    'EnterMark',
    wire.EnterMark,
    [
      {},
      { mark: 34 },
      { mark: '34', extra: 1 },
      { mark: '34', queuedMs: -1 },
      { mark: '34', enteredAt: 'noon' },
    ],
  ],
  [
    'MarkRow',
    wire.MarkRow,
    [{ ...row, commandId: 'x' }, { ...row, expect: -1 }, { ...row, expect: 1.5 }, { mark: '34' }],
  ],
  [
    'EnterMarks',
    wire.EnterMarks,
    [{ marks: [] }, { marks: Array.from({ length: 501 }, () => row) }, { marks: row }, []],
  ],
  ['Verify', wire.Verify, [{ mark: '34', keep: 'both' }]],
  ['Concern', wire.Concern, [{ kind: 'boring' }, {}]],
  ['Unlisted', wire.Unlisted, [{ number: '' }, { number: '123456789' }, { number: '12a' }]],
  [
    'Submit',
    wire.Submit,
    [{ sheets: [] }, { sheets: [{ ...seen, candidates: [] }] }, { centre: '1' }, { confirmed: 'yes' }],
  ],
  [
    'Component',
    wire.Component,
    [
      { ...component, maximum: 0 },
      { ...component, maximum: 80.5 },
      { ...component, series: 'May 2017' },
    ],
  ],
  [
    'CreateAccount',
    wire.CreateAccount,
    [
      { username: 'u', name: 'U', roles: ['admin'] },
      { username: 'u@x', name: 'U', roles: [] },
    ],
  ],
  ['Reallocate', wire.Reallocate, [{ from: 'a@x' }, { from: 'a@x', to: 'b@x', entered: 'keep' }]],
  ['RedeemInvitation', wire.RedeemInvitation, [{ invitation: 'x', password: 'short' }]],
];

describe('the wire', () => {
  it.each(right)('takes %s, with all of its fields', (_, schema, examples) => {
    for (const example of examples) expect(schema.parse(example)).toEqual(example);
  });

  it.each(wrong)('refuses a wrong %s', (_, schema, examples) => {
    for (const example of examples) expect(schema.safeParse(example)).toMatchObject({ success: false });
  });
});
