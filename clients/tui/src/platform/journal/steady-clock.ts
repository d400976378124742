import { readIfThere } from '../paths/private-files.js';

/** A reading that a wrong or moved wall clock does not disturb, comparable between processes of one boot. */
export interface ClockReading {
  /** Empty where the system does not name its boots: then only the wall clock is left. */
  readonly boot: string;
  readonly ms: number;
  readonly wallMs: number;
}

const boot = (readIfThere('/proc/sys/kernel/random/boot_id') ?? '').trim();

export function readClock(): ClockReading {
  return { boot, ms: Math.round(Number(process.hrtime.bigint() / 1_000_000n)), wallMs: Date.now() };
}

/** Milliseconds from one reading to the other; never negative. */
export function elapsedMs(from: ClockReading, to: ClockReading): number {
  const sameBoot = from.boot !== '' && from.boot === to.boot;
  return Math.max(0, sameBoot ? to.ms - from.ms : to.wallMs - from.wallMs);
}
