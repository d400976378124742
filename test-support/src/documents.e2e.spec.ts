import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signIn, type Person } from './command-line.js';
import { startRobot, type Robot } from './robot.js';
import { startService, type Service } from './service.js';
import { choose } from './steps.js';
import { temporaryFolder } from './temporary.js';

/** From the button on the page of the brief to the file on the disk, walked by the principal at a terminal. */
describe('documents', () => {
  const folder = temporaryFolder();
  let service: Service;
  let principal: Person;
  beforeAll(async () => {
    service = await startService({ folder: folder.path });
    principal = await signIn(`${folder.path}/principal`, service.url, 'principal');
  });
  afterAll(async () => {
    await service.stop();
    folder.remove();
  });

  /** A system's own `lp`, as far as a client sees it: takes what it is given, and says that it did. */
  function printer(): string {
    const programs = join(folder.path, 'programs');
    mkdirSync(programs, { recursive: true });
    writeFileSync(join(programs, 'lp'), `#!/bin/sh\ncat > ${folder.path}/printed\n`);
    chmodSync(join(programs, 'lp'), 0o755);
    return programs;
  }

  const open = (columns: number, rows: number, environment: Readonly<Record<string, string>> = {}): Robot =>
    startRobot({ folder: principal.folder, server: service.url, columns, rows, environment: { INIT_CWD: principal.folder, ...environment } });
  const bells = (robot: Robot) => robot.output().replaceAll(/\u001b\][^\u0007]*\u0007/g, '').split('\u0007').length - 1;

  async function openIamis(robot: Robot): Promise<void> {
    await robot.waitFor(/to review/);
    await choose(robot, 'IAMIS: Mark Input');
    robot.key('enter');
    await robot.waitFor(/\[REVIEW MARKS\(\d+\) REMAINING\]/);
  }

  it.each([
    [80, 24, 'f', 'en', 'FORMULA PDF  '],
    [140, 44, 'F', 'cy', 'FORMULA PDF (WELSH)'],
  ] as const)('at %i×%i: FORMULA PDF is asked for, rings when it is ready, and is saved as what was shown', async (columns, rows, key, language, button) => {
    const robot = open(columns, rows);
    await openIamis(robot);
    expect(robot.text()).toContain(button);
    const before = bells(robot);
    // Pressed twice it is asked for once.
    robot.type(key + key);
    await robot.waitFor(`✓ Ready: 3000N1-2017-06-formula-${language}.pdf`);
    expect(bells(robot)).toBe(before + 1);
    robot.key('escape');
    await robot.waitFor(/\b1 document ready/);
    await choose(robot, 'Documents');
    robot.key('enter');
    const shown = await robot.waitFor(/SHA-256 [0-9a-f]{64}/);
    expect(shown).toContain(language === 'en' ? 'Documents: one' : 'Documents: 2, newest first');
    expect(shown).toMatch(new RegExp(`▸ Formula +3000N1@2017-06 +${language} +✓ ready +\\d+ kB +\\d`));
    robot.type('s');
    await robot.waitFor('Where to?');
    robot.type(`\u0015~/saved-${language}.pdf\r`);
    const path = join(principal.folder, `saved-${language}.pdf`);
    await robot.waitFor('Saved as');
    const bytes = readFileSync(path);
    expect([bytes.toString('latin1', 0, 5), statSync(path).mode & 0o777]).toEqual(['%PDF-', 0o600]);
    expect(shown).toContain(createHash('sha256').update(bytes).digest('hex'));
    robot.type('y');
    await robot.waitFor('Copied where the terminal takes it');
    expect(robot.requests()).toContain(`52;c;${Buffer.from(path).toString('base64')}`);
    robot.type('s');
    await robot.waitFor('Where to?');
    robot.type(`\u0015${path}\r`);
    await robot.waitFor('is there already.');
    robot.key('escape');
    await robot.waitFor((screen) => !screen.includes('Where to?'));
    robot.type('p');
    await robot.waitFor('The printer did not take it. Saved as');
    robot.key('escape');
    // Downloaded is no longer waiting.
    await robot.waitFor(/Documents +nothing ready/);
    robot.kill('SIGTERM');
    expect((await robot.ended).leftBehind).toEqual([]);
    expect(readdirSync(principal.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('PRINT sends the page to the printer as soon as it is made; an agenda that nobody uploaded is said to be none', async () => {
    const robot = open(80, 24, { PATH: `${printer()}:${process.env['PATH'] ?? ''}` });
    await openIamis(robot);
    robot.type('a');
    await robot.waitFor('No conference agenda has been uploaded.');
    robot.type('p');
    await robot.waitFor('Sent to the printer: 3000N1-2017-06-summary-en.pdf');
    expect(readFileSync(join(folder.path, 'printed'), 'latin1').slice(0, 5)).toBe('%PDF-');
    robot.kill('SIGTERM');
    await robot.ended;
  });

  it('a service that goes away while it makes one is said to be away; back again it makes it, and the client rings once', async () => {
    const robot = open(80, 24);
    await openIamis(robot);
    const before = bells(robot);
    robot.type('f');
    await robot.waitFor('Asked for: 3000N1');
    const { port } = new URL(service.url);
    await service.kill();
    robot.type('D');
    await robot.waitFor('The Portal cannot be reached.');
    await robot.waitFor('OFFLINE');
    service = await startService({ folder: folder.path, port: Number(port) });
    await robot.waitFor(/newest first(.*\n){3} ▸ Formula .*✓ ready/);
    await robot.waitFor(() => bells(robot) > before);
    expect(bells(robot)).toBe(before + 1);
    robot.kill('SIGTERM');
    await robot.ended;
  });
});
