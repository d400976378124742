import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { address, signIn } from './command-line.js';
import { startRobot, type Robot } from './robot.js';
import { PASSWORD, startService, type Service } from './service.js';
import { openEmi, openSheet } from './steps.js';
import { temporaryFolder } from './temporary.js';

/** What becomes of what a person has typed where the program could not take it at once. */

const folder = temporaryFolder();
let service: Service;
beforeAll(async () => {
  service = await startService({ folder: folder.path });
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

async function leave(robot: Robot): Promise<void> {
  robot.key('ctrl-c');
  await robot.waitFor(/Leave/);
  robot.key('enter');
  expect(await robot.ended).toEqual({ code: 0, leftBehind: [] });
}

describe('what was typed and not taken', () => {
  it('stands on its row again in the next process, and the summary of a submission names it', async () => {
    mkdirSync(join(folder.path, 'examiner'));
    const { folder: own } = await signIn(join(folder.path, 'examiner'), service.url, 'user7');
    const open = async (): Promise<Robot> => {
      const robot = startRobot({ folder: own, server: service.url });
      await openEmi(robot);
      await openSheet(robot, '68111');
      return robot;
    };
    const first = await open();
    first.type('85\r34\r');
    await first.waitFor(/1 error[^\n]*0 unsaved/);
    await leave(first);
    const second = await open();
    await second.waitFor(/0001 [^\n]* 85 {2}! not taken/);
    second.type('\x13');
    await second.waitFor('1 value was refused and not recorded; it is not submitted.');
    await second.waitFor(/68111 {2}0001 {2}85/);
    second.key('escape');
    await second.waitFor('not taken');
    second.type('!58\r');
    await second.waitFor(/0 errors[^\n]*0 unsaved/);
    second.type('\x13');
    await second.waitFor(/Marks to submit +2/);
    expect(second.text()).not.toContain('refused');
    await leave(second);
  });
});

describe('a password in the linear mode', () => {
  it('is nowhere on the screen, though it was typed before it was asked for', async () => {
    mkdirSync(join(folder.path, 'reader'));
    const robot = startRobot({ folder: join(folder.path, 'reader'), server: service.url, words: ['--plain'] });
    await robot.waitFor('linear mode');
    robot.type(`${address('user7')}\r${PASSWORD}\r2\r`);
    const screen = await robot.waitFor('Signed in as');
    expect(screen).toContain(address('user7'));
    expect(screen).not.toContain(PASSWORD);
    robot.key('ctrl-c');
    expect(await robot.ended).toEqual({ code: 0, leftBehind: [] });
  });
});
