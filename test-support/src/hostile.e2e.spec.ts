import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EmiSummary } from '@portal/contract';
import { address, signIn, type Person } from './command-line.js';
import { randomKeys } from './random-keys.js';
import { startRobot } from './robot.js';
import { startService, type Service } from './service.js';
import { openEmi, openSheet } from './steps.js';
import { sleep, temporaryFolder } from './temporary.js';

/** What nobody means well: names that are terminal commands, and hands that fall on the keyboard. */

const COMPONENT = '9521/01@2017-01';
const KEYS = 3000;
const folder = temporaryFolder();
let service: Service;

beforeAll(async () => {
  service = await startService({ folder: folder.path });
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

function person(place: string, name: string): Promise<Person> {
  mkdirSync(join(folder.path, place), { recursive: true });
  return signIn(join(folder.path, place), service.url, name);
}

describe('hostile names', () => {
  const CENTRE = '67999';
  const names = {
    '0001': 'Ann\u001b]52;c;aGFja2Vk\u0007 Evans',
    '0002': 'Bob\u001b[2J\u001b[31mRed',
    '0003': 'Cai\u202etxet sdrawkcab\u2066',
    '0004': 'Dai\u009b2J\u0085x\u0000y',
    '0005': 'Eve\u001b]0;owned\u001b\\\u001b[?1049l',
  };

  it('are shown harmless: nothing reaches the terminal but text, and every row keeps its columns', async () => {
    const admin = await person('admin', 'admin');
    const rows = Object.entries(names);
    const people = rows.map(([number, name]) => `January 2017,${CENTRE},${number},,${JSON.stringify(name).slice(1, -1)}`);
    // JSON's escapes stand in the file as what they mean.
    const asMeant = people.join('\n').replaceAll(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    const centres = `CentreNo,Name\n${CENTRE},Ysgol \u001b]0;owned\u0007\u202eHtebazilE\n`;
    await admin.portal(['admin', 'centres', '--file', admin.file('centres.csv', centres)]);
    await admin.portal(['admin', 'candidates', '--file', admin.file('people.csv', `Series,CentreNo,CandidateNo,UCI,Name\n${asMeant}\n`)]);
    const allocation = rows.map(([number]) => `${CENTRE},${number},${address('user7')}`);
    await admin.portal(['admin', 'allocate', COMPONENT, '--file', admin.file('rows.csv', `CentreNo,CandidateNo,Examiner\n${allocation.join('\n')}\n`)]);

    const { folder: own } = await person('reader', 'user7');
    const robot = startRobot({ folder: own, server: service.url });
    await openEmi(robot);
    await openSheet(robot, CENTRE);
    const screen = await robot.settled();
    expect(robot.requests().filter((request) => /hack|aGFj|owned/.test(request))).toEqual([]);
    expect(screen).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    const shown = robot.lines().filter((line) => /^ [▸ ] 000\d /.test(line));
    expect(shown).toHaveLength(rows.length);
    expect(new Set(shown.map((line) => line.indexOf('blank'))).size).toBe(1);
    robot.kill('SIGTERM');
    expect((await robot.ended).leftBehind).toEqual([]);
  });
});

describe('hands on the keyboard', () => {
  it(`take ${KEYS} keys at random in the grid: the client goes on or is left on purpose, and the terminal is as it was`, async () => {
    const keys = randomKeys(KEYS, 20170130);
    let sent = 0;
    for (let start = 0; sent < KEYS; start++) {
      const { folder: own } = await person('hands', 'user7');
      // The last hands may have chosen Welsh, and the way to the grid is read in English.
      rmSync(join(own, 'config', 'portal', 'settings.json'), { force: true });
      const robot = startRobot({ folder: own, server: service.url });
      let isOpen = true;
      void robot.ended.then(() => (isOpen = false));
      await openEmi(robot);
      await openSheet(robot, '68101');
      for (; isOpen && sent < KEYS; sent++) {
        robot.type(keys[sent] as string);
        if (sent % 10 === 0) await sleep(5);
        if (sent % 500 === 250) robot.resize(80 + (sent % 60), 24 + (sent % 20));
      }
      if (isOpen) await robot.settled();
      if (isOpen) robot.kill('SIGTERM');
      const { code, leftBehind } = await robot.ended;
      expect({ code: [0, 143].includes(code), leftBehind }).toEqual({ code: true, leftBehind: [] });
    }
    const [emi] = await (await person('after', 'user7')).portal<EmiSummary[]>(['emi']);
    const { allocated, left, outstanding, entered, submitted } = emi as EmiSummary;
    expect(left + outstanding + entered + submitted).toBe(allocated);
    expect(service.errors()).toBe('');
  });
});
