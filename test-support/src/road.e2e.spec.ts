import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openGolden, steady } from './golden.js';
import { startRobot, type Robot } from './robot.js';
import { startService, type Service } from './service.js';
import { openEmi, openSheet, signInWithNumber, startAuthenticator } from './steps.js';
import { temporaryFolder } from './temporary.js';

/** The road from the first screen to the receipt, walked by a person, each screen whole. */
const golden = openGolden('road.golden.txt');

describe.each([
  { columns: 80, rows: 24 },
  { columns: 140, rows: 44 },
])('sign in, enter, submit at $columns×$rows', ({ columns, rows }) => {
  const folder = temporaryFolder();
  let service: Service;
  let robot: Robot;

  beforeAll(async () => {
    service = await startService({ folder: folder.path, environment: { PORTAL_DEMO_FACTORS: '1' } });
    robot = startRobot({ folder: `${folder.path}/user7`, server: service.url, columns, rows });
  });
  afterAll(async () => {
    await service.stop();
    folder.remove();
  });

  /** When `wanted` has come and nothing moves any more. */
  async function expectScreen(name: string, wanted: string | RegExp): Promise<void> {
    await robot.waitFor(wanted);
    const screen = steady(await robot.settled());
    expect(`${name}\n${screen}`).toBe(`${name}\n${golden.expected(`${columns}×${rows} ${name}`, screen)}`);
  }

  it('signs in and sees 290 left', async () => {
    await expectScreen('welcome', 'Sign in as an Appointee');
    const authenticator = startAuthenticator(folder.path, 'user7', service.ready.data);
    await signInWithNumber(robot, 'user7', authenticator);
    authenticator.type('q');
    expect(await authenticator.ended).toEqual({ code: 0, leftBehind: [] });
    await expectScreen('all services', '290 left');
    await openEmi(robot);
    await expectScreen('EMI', 'ENTER MARKS (290 LEFT)');
    expect(robot.text()).toContain('GCSE JANUARY 2017 LATIN LANGUAGE CORE: LEVEL 2 (9521/01)');
    expect(robot.text()).toContain('NO MARKS TO SUBMIT (0 SUBMITTED)');
  });

  it('enters marks: wrong, zero, full and absent ones among them, each on its own row', async () => {
    await openSheet(robot, '68101');
    await expectScreen('grid, blank', '41 left');
    robot.type('34\r85\r0\r80\r*21\r');
    await robot.waitFor(/36 left[^\n]*0 unsaved/);
    await expectScreen('grid, entered', '1 error');
    robot.type('!58\r');
    await robot.waitFor(/35 left[^\n]*0 errors[^\n]*0 unsaved/);
    await expectScreen('grid, put right', '0 errors');
  });

  it('submits, confirms zero and full marks together, and has a receipt', async () => {
    robot.type('\x13');
    await expectScreen('summary', 'Submit');
    robot.key('enter');
    await expectScreen('confirmation', /confirm/i);
    robot.key('enter');
    await expectScreen('receipt', /Receipt|Submitted/);
  });

  it('sees the counts moved, and leaves the terminal as it was', async () => {
    robot.key('escape');
    await robot.waitFor((screen) => !/receipt/i.test(screen));
    for (let steps = 0; !robot.text().includes('LEFT)') && steps < 4; steps++) {
      robot.key('escape');
      await robot.settled();
    }
    await expectScreen('EMI afterwards', 'ENTER MARKS (284 LEFT)');
    expect(robot.text()).toContain('NO MARKS TO SUBMIT (6 SUBMITTED)');
    robot.key('ctrl-c');
    robot.key('enter');
    expect(await robot.ended).toEqual({ code: 0, leftBehind: [] });
  });
});
