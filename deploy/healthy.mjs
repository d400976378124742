/** Whether this container can serve: its exit code says so to whoever started it. `/ready`, in every role. */
const { PORTAL_PORT: port = '8080' } = process.env;
try {
  const answer = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(4_000) });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
} catch (error) {
  process.stderr.write(`${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
