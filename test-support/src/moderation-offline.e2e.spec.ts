import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signIn, type Person } from './command-line.js';
import { startRobot, type Robot } from './robot.js';
import { startService, type Service } from './service.js';
import { choose } from './steps.js';
import { temporaryFolder } from './temporary.js';

/** The line is lost under a moderator's hands: nothing is lost, nothing is called saved, nothing is recorded twice. */
describe('reviewing while the service is away', () => {
  const folder = temporaryFolder();
  let service: Service;
  let person: Person;
  let robot: Robot;

  beforeAll(async () => {
    service = await startService({ folder: folder.path });
    person = await signIn(`${folder.path}/moderator2`, service.url, 'moderator2');
    robot = openClient();
    await openReview();
  });
  afterAll(async () => {
    await service.stop();
    folder.remove();
  });

  const openClient = (): Robot => startRobot({ folder: person.folder, server: service.url });

  async function openReview(): Promise<void> {
    await robot.waitFor(/to review/);
    await choose(robot, 'IAMIS: Mark Input');
    robot.key('enter');
    await robot.waitFor(/\[REVIEW MARKS\(\d+\) REMAINING\]/);
    robot.key('enter');
    await robot.waitFor('68302');
    robot.key('enter');
    await robot.waitFor(/\d+ of 10 reviewed/);
  }

  it('goes on taking marks, as queued and never as saved', async () => {
    const { port } = new URL(service.url);
    await service.kill();
    robot.type('a=30\r');
    await robot.waitFor(/3 unsaved[^\n]*OFFLINE/);
    await robot.waitFor((screen) => screen.match(/· queued/g)?.length === 3);
    expect(robot.text()).not.toContain('✓ saved');
    service = await startService({ folder: folder.path, port: Number(port) });
    await robot.waitFor(/0 unsaved[^\n]*online/);
    await robot.waitFor((screen) => screen.match(/✓ saved/g)?.length === 3);
  });

  it('keeps what was typed over the end of the client itself, and sends it once', async () => {
    const { port } = new URL(service.url);
    await service.kill();
    robot.type('aa');
    await robot.waitFor(/2 unsaved/);
    await robot.waitFor((screen) => screen.match(/· queued/g)?.length === 2);
    robot.kill('SIGKILL');
    await robot.ended;
    service = await startService({ folder: folder.path, port: Number(port) });
    robot = openClient();
    await openReview();
    await robot.waitFor(/5 of 10 reviewed/);
    await robot.waitFor(/0 unsaved/);
    await robot.waitFor((screen) => screen.match(/✓ saved/g)?.length === 5);
    robot.key('ctrl-c');
    robot.key('enter');
    expect(await robot.ended).toEqual({ code: 0, leftBehind: [] });
  });
});
