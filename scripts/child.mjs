/** Child processes: what a signal means is the child's business, and its exit code becomes ours. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { rememberTerminal } from './restore-terminal.mjs';

/**
 * Runs until the child ends and answers with its exit code, 128 + n when signal n ended it. Ctrl-C reaches the whole
 * terminal group, so SIGINT is left to the child; SIGTERM and SIGHUP reach only us and are passed on.
 */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  return exitOf(child);
}

/** As `run`, for what may take the whole terminal: killed, it leaves that as it had made it. */
export async function runInTerminal(command, args, options = {}) {
  const restore = rememberTerminal();
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  child.once('exit', (_code, signal) => {
    if (signal !== null) restore();
  });
  return exitOf(child);
}

export async function exitOf(child) {
  const passOn = (signal) => void child.kill(signal);
  const leave = () => {};
  process.on('SIGINT', leave).on('SIGTERM', passOn).on('SIGHUP', passOn);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(signal === null ? code : 128 + constants.signals[signal]));
    });
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', passOn).off('SIGHUP', passOn);
  }
}

/** For steps before the real work: their output belongs on stderr, where no script reads it as an answer. */
export async function step(command, args, options = {}) {
  const code = await run(command, args, { stdio: ['ignore', 2, 2], ...options });
  if (code !== 0) throw new StepFailed(`${[command, ...args].join(' ')} ended with exit code ${code}`, code);
}

export class StepFailed extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}
