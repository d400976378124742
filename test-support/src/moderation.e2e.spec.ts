import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRobot, type Robot } from './robot.js';
import { startService, type Service } from './service.js';
import { choose, signInOnScreen } from './steps.js';
import { temporaryFolder } from './temporary.js';

/** From a moderator's first mark to the principal's approval, walked by two people at their terminals. */
describe('moderating 3000N1', () => {
  const folder = temporaryFolder();
  let service: Service;
  let moderator: Robot;
  let principal: Robot;
  const size = { columns: 80, rows: 24 };

  beforeAll(async () => {
    service = await startService({ folder: folder.path });
    moderator = startRobot({ folder: `${folder.path}/moderator1`, server: service.url, ...size });
    principal = startRobot({ folder: `${folder.path}/principal`, server: service.url, columns: 140, rows: 44 });
  });
  afterAll(async () => {
    await service.stop();
    folder.remove();
  });

  async function openIamis(robot: Robot, name: string): Promise<void> {
    await signInOnScreen(robot, name);
    await robot.waitFor(/to review/);
    await choose(robot, 'IAMIS: Mark Input');
    robot.key('enter');
    await robot.waitFor('MODERATOR MARK INPUT');
    await robot.waitFor(/\[REVIEW MARKS\(\d+\) REMAINING\]/);
  }

  it('shows the principal the row of the brief, and the moderator their part of it', async () => {
    await openIamis(principal, 'principal');
    expect(principal.text()).toMatch(/GCSE JUNE 2017 WELSH LANGUAGE UNED 1/);
    expect(principal.text()).toMatch(/6 +74 +0 +▸ \[REVIEW MARKS\(74\) REMAINING\] +506 +0 +506/);
    await openIamis(moderator, 'moderator1');
    expect(moderator.text()).toMatch(/\[REVIEW MARKS\(29\) REMAINING\]/);
    expect(moderator.text()).toMatch(/Total Sample Cands +29/);
  });

  it('takes marks as typed, each on its own row, and says saved when the service has answered', async () => {
    moderator.key('enter');
    await moderator.waitFor('68301');
    await choose(moderator, '68301');
    moderator.key('enter');
    await moderator.waitFor(/4 remaining/);
    // Agreed · over the maximum · typed · agreed, in one read.
    moderator.type('a85\r=a');
    await moderator.waitFor(/1 remaining[^\n]*1 error[^\n]*0 unsaved/);
    expect(moderator.text()).toMatch(/0002.*85.*! not taken/);
    expect(moderator.text()).toContain('✓ within tolerance so far');
    // What was not taken is there again after the page was left.
    moderator.key('escape');
    await moderator.waitFor('Centres of');
    moderator.key('enter');
    await moderator.waitFor(/0002.*85.*! not taken/);
    moderator.type('!22\r');
    await moderator.waitFor(/0 remaining[^\n]*0 errors[^\n]*0 unsaved/);
    expect(moderator.text()).toMatch(/◆ outside tolerance: 1 of 4/);
    expect(moderator.text()).toMatch(/0002 .*−6 .*◆/);
  });

  it('marks the principal’s counts within a second, without a key', async () => {
    await principal.waitFor(/\[REVIEW MARKS\(70\) REMAINING\]/);
  });

  it('writes the report, and keeps a draft that was left with Esc', async () => {
    moderator.type('c');
    await moderator.waitFor(/Assessment accuracy/);
    moderator.type('The marking was accurate.\tAll in time.');
    await moderator.waitFor('All in time.');
    moderator.key('escape');
    await moderator.waitFor('The draft is saved.');
    moderator.type('c');
    await moderator.waitFor('The marking was accurate.');
    moderator.type('\t\tWell chosen.\x18');
    await moderator.waitFor(/The report is completed/);
    moderator.key('escape');
    await moderator.waitFor(/4 of 4 reviewed/);
    await principal.waitFor(/6 +74 +1 +▸ \[REVIEW MARKS\(70\) REMAINING\]/);
  });

  it('submits after one confirmation; what is submitted takes no mark any more', async () => {
    moderator.type('o');
    await moderator.waitFor('So far, not submitted');
    moderator.type('s');
    await moderator.waitFor('Submit centre 68301?');
    moderator.key('enter');
    await moderator.waitFor('The moderation is submitted.');
    moderator.key('escape');
    await moderator.waitFor(/= submitted/);
    moderator.type('5');
    await moderator.waitFor('it is not in review');
  });

  it('is approved by the principal, who first compares, and the page counts what was done', async () => {
    principal.type('A');
    await principal.waitFor(/68301/);
    principal.key('enter');
    await principal.waitFor(/Outcome: .*submitted/);
    principal.type('w');
    await principal.waitFor(/least squares.*(kept|n\/a)/);
    principal.type('p10:+1 40:-1\r');
    await principal.waitFor(/▸ piecewise 10:\+1 40:−1 .*kept/);
    principal.key('enter');
    await principal.waitFor('Why this one?');
    principal.type('generous in the middle\r');
    await principal.waitFor('The choice is recorded.');
    await principal.waitFor(/method piecewise/);
    principal.type('a');
    await principal.waitFor('Approve centre 68301');
    principal.key('enter');
    await principal.waitFor('The outcome is approved.');
    principal.key('escape');
    await principal.waitFor('No outcome waits for approval.');
    principal.key('escape');
    await principal.waitFor(/6 +74 +1 +▸ \[REVIEW MARKS\(70\) REMAINING\]/);
  });

  it('looks at a member’s part under a standing banner until it is ended', async () => {
    principal.type('t');
    await principal.waitFor(/▸ PORTAL Principal/);
    await choose(principal, 'PORTAL Moderator 2');
    principal.key('enter');
    const banner = 'AS Principal ON 3000N1 · PART OF moderator2@wjec-appointees.co.uk';
    await principal.waitFor(banner);
    await principal.waitFor(/\[REVIEW MARKS\(45\) REMAINING\]/);
    principal.key('enter');
    await principal.waitFor('68302');
    expect(principal.text()).toContain(banner);
    expect(principal.text()).not.toContain('68301');
    principal.type('\x05');
    await principal.waitFor('68301');
    expect(principal.text()).not.toContain(banner);
  });
});
