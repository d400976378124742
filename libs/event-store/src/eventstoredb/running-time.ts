/**
 * Milliseconds for which this process has been running. Time in which it stood still, on a busy machine or in a long
 * computation, does not count: it had no ears then, and has met nobody's silence.
 */
export function runningTime(): number {
  ticking ??= setInterval(tick, TICK_MS).unref();
  return ranMs + Math.min(performance.now() - tickedAtMs, TICK_MS);
}

const TICK_MS = 50;

let ticking: NodeJS.Timeout | undefined;
let ranMs = 0;
let tickedAtMs = performance.now();

function tick(): void {
  const now = performance.now();
  ranMs += Math.min(now - tickedAtMs, TICK_MS * 2);
  tickedAtMs = now;
}
