/**
 * One structured line on standard error. The text of an error is left out: it may hold what somebody typed.
 */
export function logError(message: string, error: Error): void {
  const at = error.stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 8).map((line) => line.trim());
  const line = { level: 'error', time: new Date().toISOString(), pid: process.pid, msg: message, error: error.name, at };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
