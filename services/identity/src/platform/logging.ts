/**
 * One structured line on standard error. The text of an error is left out: it may hold what somebody typed.
 */
export function logError(message: string, error: Error): void {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')).slice(0, 8);
  const at = frames.map((line) => line.trim());
  const when = { level: 'error', time: new Date().toISOString(), pid: process.pid };
  process.stderr.write(`${JSON.stringify({ ...when, msg: message, error: error.name, at })}\n`);
}
