/** What a key costs in a grid of 5,000 candidates at 140×44: bytes, processor time, and the time until it is seen. */
import { readdirSync, readFileSync } from 'node:fs';
import { openEmi, openSheet, startRobot, type Robot } from '@portal/test-support';
import { CENTRE, createLargeSheet } from './large-sheet.js';
import { lineDiff } from './line-diff.js';
import { median, nowMs, percentile, toFigure, type Figure } from './measure.js';

const LIMITS = { bytes: 500, cpuMs: 6, paintMs: 16 };
const RUNS = 3;
const MARKS_PER_RUN = 40;
/** Long enough for the journal, the service's answer and what they draw: all of it is this key's cost. */
const UNTIL_QUIET_MS = 80;

export async function run(): Promise<readonly Figure[]> {
  const sheet = await createLargeSheet();
  const robot = startRobot({ folder: sheet.examiner.folder, server: sheet.service.url, columns: 140, rows: 44 });
  try {
    await openEmi(robot);
    robot.key('down');
    await openSheet(robot, CENTRE);
    await marks(robot, 10, 0); // warm
    const runs: Keys[] = [];
    for (let index = 0; index < RUNS; index++) runs.push(await marks(robot, MARKS_PER_RUN, index + 1));
    return [
      within('grid: bytes a key (median)', 'bytes', LIMITS.bytes, runs.map(({ bytes }) => median(bytes))),
      against('grid: bytes a key, against a line diff', 'bytes', runs.map(({ bytes }) => median(bytes)), runs.map(({ floorBytes }) => median(floorBytes))),
      within('grid: CPU a key (median)', 'ms', LIMITS.cpuMs, runs.map(({ cpuMs }) => median(cpuMs))),
      against('grid: CPU a key, against a line diff', 'ms', runs.map(({ cpuMs }) => median(cpuMs)), runs.map(({ floorMs }) => median(floorMs))),
      within('grid: key to paint (p95)', 'ms', LIMITS.paintMs, runs.map(({ paintMs }) => percentile(paintMs, 0.95))),
    ];
  } finally {
    robot.kill('SIGTERM');
    await robot.ended;
    await sheet.remove();
  }
}

interface Keys {
  readonly bytes: number[];
  readonly cpuMs: number[];
  readonly paintMs: number[];
  /** What a line diff between the same two screens writes, and the time it takes to find out. */
  readonly floorBytes: number[];
  readonly floorMs: number[];
}

/** Two digits and Enter a candidate, key by key, each measured on its own. */
async function marks(robot: Robot, count: number, round: number): Promise<Keys> {
  const keys: Keys = { bytes: [], cpuMs: [], paintMs: [], floorBytes: [], floorMs: [] };
  for (let index = 0; index < count; index++) {
    for (const key of [String(1 + (round % 9)), String(index % 10), '\r']) {
      const before = robot.lines();
      const [bytes, cpu, start] = [robot.bytes(), cpuMsOf(robot.pid()), nowMs()];
      const seen = robot.nextOutput();
      robot.type(key);
      await seen;
      keys.paintMs.push(nowMs() - start);
      await new Promise((resolve) => setTimeout(resolve, UNTIL_QUIET_MS));
      keys.bytes.push(robot.bytes() - bytes);
      keys.cpuMs.push(cpuMsOf(robot.pid()) - cpu);
      const [after, diffStart] = [robot.lines(), nowMs()];
      keys.floorBytes.push(Buffer.byteLength(lineDiff(before, after)));
      keys.floorMs.push(nowMs() - diffStart);
    }
  }
  return keys;
}

/** Of all threads, in nanoseconds by the kernel's own account (proc(5), schedstat). */
function cpuMsOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const spent = threads.map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]));
  return spent.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

function within(name: string, unit: string, atMost: number, figures: readonly number[]): Figure {
  return toFigure({ name, unit, goal: { atMost: 1 } }, figures, [atMost]);
}

function against(name: string, unit: string, figures: readonly number[], floor: readonly number[]): Figure {
  return toFigure({ name, unit, goal: 'reported' }, figures, floor);
}
