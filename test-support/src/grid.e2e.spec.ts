import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EmiSummary, HistoryEntry, Sheet } from '@portal/contract';
import { signIn, type Person } from './command-line.js';
import { forgetSignIn } from './sessions.js';
import { KEYS, type KeyWord } from './keys.js';
import { startRobot, type Robot } from './robot.js';
import { PASSWORD, startService, type Service } from './service.js';
import { openEmi, openSheet } from './steps.js';
import { temporaryFolder } from './temporary.js';

/** The grid in a real terminal, on what happens to a person who enters marks all day. */

const COMPONENT = '9521/01@2017-01';
const folder = temporaryFolder();
let service: Service;
/** The same examiner at another machine. */
let elsewhere: Person;
let port: number;

beforeAll(async () => {
  service = await startService({ folder: folder.path });
  port = Number(new URL(service.url).port);
  elsewhere = await person('elsewhere', 'user7');
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

function person(place: string, name: string): Promise<Person> {
  mkdirSync(join(folder.path, place));
  return signIn(join(folder.path, place), service.url, name);
}

async function atSheet(place: string, centre: string): Promise<Robot> {
  const { folder: own } = await person(place, 'user7');
  const robot = startRobot({ folder: own, server: service.url, columns: 100, rows: 50 });
  await openEmi(robot);
  await openSheet(robot, centre);
  return robot;
}

async function leave(robot: Robot): Promise<void> {
  robot.key('ctrl-c');
  await robot.waitFor(/Leave/);
  robot.key('enter');
  expect(await robot.ended).toEqual({ code: 0, leftBehind: [] });
}

const marksOf = async (centre: string): Promise<Record<string, unknown>> => {
  const { candidates } = await elsewhere.portal<Sheet>(['emi', 'sheet', COMPONENT, centre]);
  return Object.fromEntries(candidates.map(({ candidate, mark }) => [candidate, mark]));
};

describe('the mark grid in a terminal', () => {
  it('takes three marks from one read', async () => {
    const robot = await atSheet('one-read', '68110');
    robot.type('1\r2\r3\r');
    await robot.waitFor(/11 left[^\n]*0 unsaved/);
    expect(await marksOf('68110')).toMatchObject({ '0001': 1, '0002': 2, '0003': 3, '0004': null });
    await leave(robot);
  });

  it.each([
    ['in application mode', (digit: string) => KEYS[`pad-${digit}` as KeyWord]],
    ['as most terminals send it', (key: string) => (key === 'enter' ? '\r' : key)],
  ])('marks a whole sheet with the number pad alone, %s', async (how, pad) => {
    const centre = how.startsWith('in') ? '68111' : '68109';
    const robot = await atSheet(how.replaceAll(' ', '-'), centre);
    const press = (...keys: string[]): void => keys.forEach((key) => robot.type(pad(key)));
    const total = Object.keys(await marksOf(centre)).length;
    press('*', '7', 'enter'); // absent, then 7
    press('-', '8', 'enter'); // taken back, and 8 instead
    await robot.waitFor(new RegExp(`${total - 2} left[^\\n]*0 unsaved`));
    press('/', '1', 'enter', '+'); // to the first candidate, and from there to the next blank
    for (let candidate = 3; candidate <= total; candidate++) press(...String(candidate + 10), 'enter');
    await robot.waitFor(/ 0 left[^\n]*0 unsaved/);
    const expected = Array.from({ length: total }, (_, index) => [String(index + 1).padStart(4, '0'), index < 2 ? ['ABS', 8][index] : index + 11]);
    expect(await marksOf(centre)).toEqual(Object.fromEntries(expected));
    await leave(robot);
  });

  it('goes on while the service is away, and sends what waits once, in order, when it is back', async () => {
    const robot = await atSheet('offline', '68108');
    await service.stop();
    await robot.waitFor('OFFLINE');
    robot.type('11\r12\r13\r*15\r');
    // On the disk before it says so: from then on it is safe.
    await robot.waitFor((screen) => screen.split('· queued').length === 6);
    robot.kill('SIGKILL'); // what waits is on disk, not in the client
    await robot.ended;
    const again = startRobot({ folder: join(folder.path, 'offline'), server: service.url, columns: 100, rows: 50 });
    service = await startService({ folder: folder.path, port });
    await openEmi(again);
    await openSheet(again, '68108');
    await again.waitFor(/17 left[^\n]*0 unsaved/);
    expect(await marksOf('68108')).toMatchObject({ '0001': 11, '0002': 12, '0003': 13, '0004': 'ABS', '0005': 15 });
    const history = await elsewhere.portal<HistoryEntry[]>(['history', COMPONENT, '68108', '0001']);
    expect(history.map(({ type }) => type)).toEqual(['MarkSheetAllocated', 'MarkEntered']);
    await leave(again);
  });

  it('shows both values where a mark was changed elsewhere, and lets the person choose', async () => {
    const robot = await atSheet('conflict', '68107');
    await service.stop();
    await robot.waitFor('OFFLINE');
    robot.type('21\r22\r');
    await robot.waitFor((screen) => screen.split('· queued').length === 3);
    robot.kill('SIGSTOP');
    service = await startService({ folder: folder.path, port });
    await elsewhere.portal(['emi', 'enter', COMPONENT, '68107', '0001', '61']);
    await elsewhere.portal(['emi', 'enter', COMPONENT, '68107', '0002', '62']);
    robot.kill('SIGCONT');
    await robot.waitFor((screen) => screen.split('# conflict').length === 3);
    robot.type('!');
    await robot.waitFor(/yours 21 · theirs 61/);
    robot.type('t!');
    await robot.waitFor(/yours 22 · theirs 62/);
    robot.type('y');
    await robot.waitFor((screen) => !screen.includes('conflict') && /0 unsaved/.test(screen));
    expect(await marksOf('68107')).toMatchObject({ '0001': 61, '0002': 22 });
    await leave(robot);
  });

  it('asks for sign-in over the grid when the session has ended, and loses nothing', async () => {
    const robot = await atSheet('expired', '68106');
    forgetSignIn(join(folder.path, 'expired'));
    robot.type('31\r32\r');
    await robot.waitFor('Your session has ended');
    robot.type('33\r'); // typed on without a look at the screen: no mark, and no name either
    await robot.waitFor('That was not taken as a mark.');
    robot.key('enter');
    await robot.waitFor('Enter password');
    robot.type(`${PASSWORD}\r`);
    await robot.waitFor('Stay signed in?');
    robot.key('enter');
    await robot.waitFor(/25 left[^\n]*0 unsaved/);
    robot.type('33\r');
    await robot.waitFor(/24 left[^\n]*0 unsaved/);
    expect(await marksOf('68106')).toMatchObject({ '0001': 31, '0002': 32, '0003': 33 });
    await leave(robot);
  });

  it('keeps the counts of the component adding up through all of this', async () => {
    const [emi] = await elsewhere.portal<EmiSummary[]>(['emi']);
    expect(emi).toMatchObject({ allocated: 290 });
    const { left, outstanding, entered, submitted } = emi as EmiSummary;
    expect(left + outstanding + entered + submitted).toBe(290);
  });
});
