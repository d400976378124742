import { address } from './command-line.js';
import { KEYS } from './keys.js';
import type { Robot } from './robot.js';
import { PASSWORD } from './service.js';

/** What a person does again and again, as they do it. */

export async function signInOnScreen(robot: Robot, name: string): Promise<void> {
  await robot.waitFor('Sign in as an Appointee');
  robot.key('enter');
  await robot.waitFor('Email address or phone number');
  robot.type(`${address(name)}\r`);
  await robot.waitFor('Enter password');
  robot.type(`${PASSWORD}\r`);
  await robot.waitFor('Stay signed in?');
  robot.key('enter');
  await robot.waitFor('All services');
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
  for (let line = 0; line < 60; line++) {
    const before = chosen();
    if (before.includes(words)) return;
    robot.type(KEYS.down);
    await robot.waitFor(() => chosen() !== before, 15_000);
  }
  throw new Error(`the cursor does not come to "${words}":\n${robot.text()}`);
}
