/**
 * A client that is killed cannot give its terminal back. Whoever started it remembers how the terminal was, and puts it
 * right when the client ended by a signal: out of the alternate screen, cursor shown, echo and line editing as before.
 */
import { spawnSync } from 'node:child_process';
import { writeSync } from 'node:fs';

/** What the client switched on (`platform/terminal.ts` of the client), switched off, and a line of its own for the shell. */
const LEAVE = '\u001b[0m\u001b>\u001b[?2004l\u001b[?25h\u001b[?1049l\r\n';

/** Answers with what puts the terminal right; without a terminal that is nothing. */
export function rememberTerminal() {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return () => {};
  const before = stty(['-g']);
  return () => {
    writeSync(process.stdout.fd, LEAVE);
    stty(before.status === 0 ? [before.stdout.trim()] : ['sane']);
  };
}

/** The terminal it speaks of is its standard input. Where there is no stty, nothing more can be done. */
function stty(words) {
  return spawnSync('stty', words, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' });
}
