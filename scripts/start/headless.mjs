/** The service alone: its ready line is the only thing on stdout; passwords and how to connect are said once, on stderr. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exitOf, StepFailed } from '../child.mjs';
import { node } from '../paths.mjs';
import { credentialsFile, demoCredentials, runningOn, serviceCommand } from './service.mjs';

export async function startHeadless({ data, environment }) {
  const running = await runningOn(data);
  if (running !== undefined) {
    throw new StepFailed(`Already running on ${data}: ${running.url} (process ${running.pid}).`, 1);
  }
  const service = spawn(node, serviceCommand, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: service.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`);
    tellHowToConnect(line, data);
  });
  return exitOf(service);
}

function tellHowToConnect(line, data) {
  const { ready, url, firstStart } = line.startsWith('{') ? JSON.parse(line) : {};
  if (!ready) return;
  // With a provider elsewhere these passwords open nothing.
  if (firstStart && process.env.PORTAL_ISSUER === undefined) process.stderr.write(credentialLines(data));
  process.stderr.write(`Connect from another terminal: npm run --silent portal -- --server ${url}\n`);
}

/** How their sign-ins get past the password; nothing where that is enough. */
function approvalLines(people, data) {
  const short = (factor) => people.find((one) => one.factor === factor)?.username.split('@', 1)[0];
  const [byApp, bySms] = [short('app'), short('sms')];
  const approve = `Approve their sign-ins in another terminal: npm run authenticator -- --demo ${byApp} --data ${data}`;
  return [...(byApp ? [approve] : []), ...(bySms ? [`SMS for ${bySms} is written to ${join(data, 'sms-outbox.jsonl')}.`] : [])];
}

function credentialLines(data) {
  const people = demoCredentials(data);
  if (people.length === 0) return '';
  const width = Math.max(...people.map(({ username }) => username.length));
  const lines = people.map(({ username, password, roles }) => `  ${username.padEnd(width)}  ${password}  (${roles.join(', ')})`);
  return ['Demo accounts, shown this once:', ...lines, `They are kept in ${credentialsFile(data)}.`, ...approvalLines(people, data), ''].join('\n');
}
