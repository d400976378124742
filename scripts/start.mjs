/**
 * `npm start`: the service on this machine's data, and the terminal client in this terminal. Without a terminal, or with
 * `--headless`, the service alone. A second start on the same data joins the service that runs there.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StepFailed } from './child.mjs';
import { inRoot } from './paths.mjs';
import { startHeadless } from './start/headless.mjs';
import { startInTerminal } from './start/terminal.mjs';

const usage = 'usage: npm start [-- [--headless] [--data DIR] [--port N] [--demo | --no-demo]]';

process.exitCode = await main();

async function main() {
  try {
    const settings = readSettings();
    const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
    return await (settings.headless || !hasTerminal ? startHeadless(settings) : startInTerminal(settings));
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code;
  }
}

function readSettings() {
  const options = {
    headless: { type: 'boolean', default: false },
    data: { type: 'string' },
    port: { type: 'string' },
    demo: { type: 'boolean' },
  };
  let values;
  try {
    values = parseArgs({ options, allowNegative: true }).values;
  } catch (error) {
    throw new StepFailed(`${error.message}\n${usage}`, 2);
  }
  if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) < 65_536)) {
    throw new StepFailed(`--port takes a number from 0 to 65535, not "${values.port}"\n${usage}`, 2);
  }
  return { headless: values.headless, data: dataFolder(values.data), environment: environmentFor(values) };
}

/** A folder named on the command line is meant from where the person stands, not from the checkout. */
function dataFolder(named) {
  if (named !== undefined) return resolve(process.env.INIT_CWD ?? process.cwd(), named);
  return process.env.PORTAL_DATA ?? inRoot('data');
}

function environmentFor({ port, demo, data }) {
  const environment = { ...process.env, PORTAL_DATA: dataFolder(data) };
  if (port !== undefined) environment.PORTAL_PORT = port;
  if (demo !== undefined) environment.PORTAL_DEMO = demo ? '1' : '0';
  environment.PORTAL_DEMO ??= '1';
  return environment;
}
