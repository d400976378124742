import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { address, signIn, type Person } from './command-line.js';
import { startRobot, type Robot } from './robot.js';
import { startService, type Service } from './service.js';
import { choose } from './steps.js';
import { temporaryFolder } from './temporary.js';

/** Documents asked for at a terminal: by the form of the page Documents, and by the export key of the EMI pages. */
describe('a new document', () => {
  const folder = temporaryFolder();
  let service: Service;
  let auditor: Person;
  let marker: Person;
  let admin: Person;
  beforeAll(async () => {
    service = await startService({ folder: folder.path });
    [auditor, marker, admin] = await Promise.all(['auditor', 'user7', 'admin'].map((name) => signIn(`${folder.path}/${name}`, service.url, name))) as [Person, Person, Person];
  });
  afterAll(async () => {
    await service.stop();
    folder.remove();
  });

  const open = (person: Person, columns: number, rows: number): Robot =>
    startRobot({ folder: person.folder, server: service.url, columns, rows, environment: { INIT_CWD: person.folder } });
  const bells = (robot: Robot) => robot.output().replaceAll(/\u001b\][^\u0007]*\u0007/g, '').split('\u0007').length - 1;
  const leave = async (robot: Robot): Promise<void> => {
    robot.kill('SIGTERM');
    expect((await robot.ended).leftBehind).toEqual([]);
  };

  async function openPage(robot: Robot, name: string): Promise<void> {
    await robot.waitFor('All services');
    await choose(robot, name);
    robot.key('enter');
  }

  it('at 80×24 an auditor asks for an audit report in a hurry: mistakes stand where they were made, and what was typed stays', async () => {
    const robot = open(auditor, 80, 24);
    await openPage(robot, 'Documents');
    await robot.waitFor('n asks for a document');
    robot.type('n');
    await robot.waitFor('1/');
    robot.type('latin papre\r');
    await robot.waitFor('Nothing matches “latin papre”.');
    robot.type('\u0015latin\t');
    await robot.waitFor(/▸ Document +◂ Summary ▸ +1\/4/);
    robot.key('right', 'right');
    await robot.waitFor(/◂ Audit report ▸ +3\/4/);
    robot.type('\r');
    await robot.waitFor(/▸ Centre(.*\n)+.*! It is of one centre/);
    robot.type('6810\r');
    await robot.waitFor('! The number of a centre has five digits.');
    robot.key('escape');
    await robot.waitFor((screen) => !screen.includes('New document'));
    robot.type('n');
    await robot.waitFor(/▸ Centre +6810 /);
    const before = bells(robot);
    robot.type('1\t0001\r');
    const shown = await robot.waitFor('✓ Ready: 9521-01-2017-01-68101-0001-audit-report-en.pdf');
    expect(shown).toMatch(/▸ Audit report +9521\/01@2017-01 6810.* en +✓ ready +\d+ kB +1/);
    expect(bells(robot)).toBe(before + 1);
    await leave(robot);
  });

  it('at 140×44 in Welsh it is written in Welsh, and an export has a format in its place', async () => {
    const robot = open(auditor, 140, 44);
    await openPage(robot, 'Documents');
    await robot.waitFor('New');
    robot.key('f9');
    await robot.waitFor('Dogfennau:');
    robot.type('n');
    await robot.waitFor(/Cydran +◂/);
    robot.type('latin');
    await robot.waitFor(/Iaith +Cymraeg/);
    robot.type('\r');
    await robot.waitFor('✓ Yn barod: 9521-01-2017-01-summary-cy.pdf');
    robot.type('n');
    await robot.waitFor(/Cydran +◂ 9521\/01/);
    robot.key('tab', 'left');
    await robot.waitFor(/Allforio marciau(.*\n)+.*Fformat +CSV/);
    robot.key('tab', 'tab', 'right', 'enter');
    await robot.waitFor('✓ Yn barod: 9521-01-2017-01-export.xlsx');
    robot.key('f9');
    await leave(robot);
  });

  it('a marker is told why not; whoever is a senior too exports the marks by one key, on the page and on the grid', async () => {
    const robot = open(marker, 80, 24);
    await openPage(robot, 'EMI');
    expect(await robot.waitFor('ENTER MARKS')).not.toContain('x Export');
    robot.type('x');
    await robot.waitFor('it is for team leaders, principals and chairs');
    const rows = admin.file('team.csv', `Person,Role,Senior\n${address('user7')},team-leader,${address('principal')}\n`);
    await admin.portal(['admin', 'team', '9521/01', '--file', rows]);
    await admin.portal(['document', 'upload', '9521/01', admin.file('agenda.pdf', `%PDF-1.7\n${'agenda '.repeat(300)}\n%%EOF\n`)]);
    robot.type('\u001b[15~');
    await robot.waitFor('x Export');
    await robot.waitFor('View conference agenda (PDF, 2 kB)');
    robot.type('xx');
    await robot.waitFor('✓ Ready: 9521-01-2017-01-export.csv');
    robot.key('enter');
    await robot.waitFor(/▸ 68101/);
    robot.key('enter');
    await robot.waitFor(/^ 1\/\d+ · (.*\n)+.* x Export/m);
    robot.type('5x');
    await robot.waitFor('a mark is being typed');
    robot.key('escape');
    await robot.waitFor((screen) => !screen.includes('typing'));
    robot.type('X');
    await robot.waitFor('✓ Ready: 9521-01-2017-01-68101-export.xlsx');
    robot.key('escape');
    await robot.waitFor('Mark sheets of');
    robot.type('D');
    // Pressed twice it was asked for once.
    await robot.waitFor('Documents: 2, newest first');
    robot.key('down');
    robot.type('s');
    await robot.waitFor('Where to?');
    robot.key('enter');
    await robot.waitFor('Saved as');
    const lines = readFileSync(join(marker.folder, '9521-01-2017-01-export.csv'), 'utf8').trimEnd().split('\r\n');
    expect([lines[0], lines.length > 290]).toEqual([expect.stringContaining('CentreNo,CandidateNo,UCI'), true]);
    await leave(robot);
  });
});
