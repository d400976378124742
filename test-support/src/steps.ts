import { address } from './command-line.js';
import { KEYS } from './keys.js';
import { startRobot, type Robot } from './robot.js';
import { PASSWORD } from './service.js';
import { built } from './temporary.js';

/** What a person does again and again, as they do it. */

export async function signInOnScreen(robot: Robot, name: string): Promise<void> {
  await typePassword(robot, name);
  await robot.waitFor('Stay signed in?');
  robot.key('enter');
  await robot.waitFor('All services');
}

/** The same with the second factor of the demo: the number on the screen is typed at the authenticator. */
export async function signInWithNumber(robot: Robot, name: string, authenticator: Robot): Promise<void> {
  await typePassword(robot, name);
  const [, number = ''] = /Number (\d\d)/.exec(await robot.waitFor(/Number \d\d/)) ?? [];
  await authenticator.waitFor('Is it you?');
  authenticator.type(`${number}\r`);
  await authenticator.waitFor('Approved.');
  await robot.waitFor('Stay signed in?');
  robot.key('enter');
  await robot.waitFor('All services');
}

/** The authenticator of a demo account, full screen, in a terminal of its own. */
export function startAuthenticator(folder: string, name: string, data: string): Robot {
  const program = [process.execPath, built('clients/authenticator/dist/main.js'), '--demo', name, '--data', data];
  return startRobot({ folder: `${folder}/authenticator`, program });
}

async function typePassword(robot: Robot, name: string): Promise<void> {
  await robot.waitFor('Sign in as an Appointee');
  robot.key('enter');
  await robot.waitFor('Email address or phone number');
  robot.type(`${address(name)}\r`);
  await robot.waitFor('Enter password');
  robot.type(`${PASSWORD}\r`);
}

/** From All services to the EMI page. */
export async function openEmi(robot: Robot): Promise<void> {
  await robot.waitFor('EMI: Electronic Mark Input');
  await robot.waitFor(/\d left/);
  await choose(robot, 'EMI: Electronic Mark Input');
  robot.key('enter');
  await robot.waitFor('ELECTRONIC MARK INPUT');
  await robot.waitFor(/\(\d+ LEFT\)/);
}

/** From the EMI page to the grid of one centre. */
export async function openSheet(robot: Robot, centre: string): Promise<void> {
  robot.key('enter');
  await robot.waitFor(centre);
  await choose(robot, centre);
  robot.key('enter');
  await robot.waitFor(new RegExp(`▸ \\d{4} `));
}

/** Down a list until the cursor stands on the line with these words; each press is waited for, however slow the machine is. */
export async function choose(robot: Robot, words: string): Promise<void> {
  const chosen = () => robot.lines().find((text) => text.includes('▸')) ?? '';
  // A key that is pressed before the list is there moves the cursor when nobody looks for it any more.
  await robot.waitFor(() => chosen() !== '');
  for (let line = 0; line < 60; line++) {
    const before = chosen();
    if (before.includes(words)) return;
    robot.type(KEYS.down);
    await robot.waitFor(() => chosen() !== before);
  }
  throw new Error(`the cursor does not come to "${words}":\n${robot.text()}`);
}
