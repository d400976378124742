import { centres, comparisons, llafar, moderator1, outcome, report, returned, sample, team, verdict } from './app.moderation-testing.js';
import { me, rig as open, type Rig, type Told } from './app.testing.js';
import type { Size } from './platform/screen.js';

/** The pages of moderation whose whole frames are written down in `app.moderation-frames.spec.ts`. */
export const MODERATION_FRAMES: Readonly<Record<string, (size: Size) => Rig>> = {
  'mark input': summary,
  'mark input in Welsh': (size) => pressed(summary(size), F9),
  'mark input, nothing remains': (size) =>
    told(rig('iamis', {}, size), read('summaries', { components: [{ ...llafar, reviewRemaining: 0 }], kept: {} })),
  'mark input working as a member': (size) => {
    const as = { role: 'principal', member: moderator1 };
    const components = [{ ...llafar, capacity: as, totalCentres: 3 }];
    return told(rig('iamis', {}, size), read('summaries', { components, kept: { [llafar.component]: as } }));
  },
  centres: list,
  'centres in Welsh': (size) => pressed(list(size), F9),
  'centre goes to another moderator': (size) => told(pressed(list(size), 'm'), read('team', team)),
  'marks stand in the way': (size) => {
    const one = pressed(told(pressed(list(size), 'm'), read('team', team)), '\r');
    return told(one, { type: 'not-done', commandId: ID, problem: 'entered-marks-remain', mayRepeat: false, sentence: { id: 'problem.entered-marks-remain' } });
  },
  approvals: (size) => told(rig('iamis-approvals', { component: llafar }, size), read('centres', centres)),
  review: (size) => review(size),
  'review of somebody else': (size) => pressed(told(rig('iamis-review', place, size), read('sample', { ...sample, moderator: 'moderator2@wjec-appointees.co.uk', returned })), '4'),
  'review in Welsh': (size) => pressed(review(size), F9),
  'review, returned': (size) => told(rig('iamis-review', place, size), read('sample', { ...sample, returned })),
  'review, typing': (size) => pressed(review(size), '21\r9'),
  'review, refused and queued': (size) => told(pressed(review(size), '85\r19\r'), { type: 'journaled', commandId: ID }),
  'review, conflict': (size) => {
    const refused = { type: 'changed-elsewhere', title: '', status: 409, detail: '', mark: 20, revision: 90, by: 'PORTAL Moderator 2', at: '2017-06-20T11:58:00.000Z' };
    const one = told(pressed(review(size), '19\r'), { type: 'answered', answer: { centre: '68202', candidate: '0025', mark: '19', commandId: ID, refused } });
    return pressed(one, '\u001b[A');
  },
  'review, footer': (size) => pressed(review(size), '\u001b[F', '\u001b[B'),
  'review, the plot by its key': (size) => pressed(review(size), 'p'),
  'review, why is the work not there': (size) => pressed(review(size), 'wlost'),
  'review, offline': (size) => told(review(size), { type: 'connection', connection: 'offline' }),
  report: (size) => told(rig('iamis-report', place, size), read('report', report)),
  'report, returned': (size) => told(told(rig('iamis-report', place, size), read('report', report)), read('sample', { ...sample, returned })),
  'report completed': (size) => told(rig('iamis-report', place, size), read('report', { ...report, tasks: 'Well chosen.', isCompleted: true })),
  outcome: (size) => decision(size),
  'outcome in Welsh': (size) => pressed(decision(size), F9),
  'outcome so far': (size) => told(told(rig('iamis-outcome', place, size), read('outcome', { ...outcome, ...verdict, state: 'reviewing', outcome: null, returned })), read('sample', sample)),
  'outcome, approve': (size) => pressed(decision(size), 'a'),
  'outcome, not independent': (size) =>
    told(pressed(decision(size), 'a\r'), {
      type: 'not-done', commandId: ID, problem: 'not-independent', mayRepeat: false,
      sentence: { id: 'iamis.not-independent', values: { others: 'PORTAL Chair' } },
    }),
  'outcome, answer lost': (size) =>
    told(pressed(decision(size), 'a\r'), { type: 'not-done', commandId: ID, problem: 'unknown', mayRepeat: true, sentence: { id: 'problem.outcome-unknown' } }),
  'what if': (size) => told(rig('iamis-what-if', { ...place, tolerance: 3 }, size), read('comparisons', comparisons)),
  'what if in Welsh': (size) => pressed(told(rig('iamis-what-if', { ...place, tolerance: 3 }, size), read('comparisons', comparisons)), F9),
  'what if, anchors': (size) => pressed(told(rig('iamis-what-if', { ...place, tolerance: 3 }, size), read('comparisons', comparisons)), 'p', '10:+2 30:-1'),
  team: (size) => told(rig('iamis-team', { component: llafar }, size), read('team', team)),
  'team in Welsh': (size) => pressed(told(rig('iamis-team', { component: llafar }, size), read('team', team)), F9),
  'team as a moderator sees it': (size) => {
    const component = { ...llafar, capacity: { role: 'moderator' } };
    const held = [{ component: llafar.component, role: 'moderator' }];
    return told(rig('iamis-team', { component }, size), read('team', { ...team, held, person: moderator1 }));
  },
  'help on review': (size) => pressed(review(size), '?'),
};

const person = { ...me, username: moderator1, displayName: 'Principal Moderator', capacities: team.held };
const rig = (name: string, params: unknown, size: Size): Rig => open(name, params, size, person);

/** The rig's ids are all the same one. */
export const ID = '00000000-0000-4000-8000-000000000000';
const F9 = '\u001b[20~';
const place = { component: llafar, centre: '68202', name: 'Ysgol Uwchradd Llanfair Pwllgwyngyll' };

export const read = (what: string, value: unknown): Told => ({ type: 'read', what, value });

function summary(size: Size): Rig {
  const second = { ...llafar, component: '3001N1@2017-06', code: '3001N1', title: 'Welsh Language Uned 2 - Darllen', titles: { en: 'Welsh Language Uned 2 - Darllen', cy: 'Cymraeg Iaith Uned 2 - Darllen' }, reviewRemaining: 1234, totalSampleCandidates: 1234, totalEntered: 12_345 };
  return told(rig('iamis', {}, size), read('summaries', { components: [llafar, second], kept: {} }));
}

function list(size: Size): Rig {
  return told(rig('iamis-centres', { component: llafar }, size), read('centres', centres));
}

export function review(size: Size): Rig {
  const one = told(rig('iamis-review', place, size), read('sample', sample));
  return told(one, { type: 'left', queued: [], refused: [], aside: [] });
}

function decision(size: Size): Rig {
  return told(rig('iamis-outcome', place, size), read('outcome', outcome));
}

function pressed(one: Rig, ...texts: readonly string[]): Rig {
  texts.forEach((text) => one.press(text));
  return one;
}

function told(one: Rig, message: Told): Rig {
  one.answer(message);
  return one;
}
