/**
 * From a mark's answer to the count that shows it, on a shared installation: the mark goes to one API, the count is asked
 * of the other, the projector stands between them. Nobody waits for a position: the count is asked for again and again.
 */
import type { EmiSummary } from '@portal/contract';
import { signIn } from '@portal/portal-api/testing';
import { PASSWORD, startTopology, temporaryFolder } from '@portal/test-support';
import { openLoop } from '../load.js';
import { candidatePaths } from '../mark-entry.js';
import { nextMark, toWire } from '../marks.js';
import { nowMs, percentile, toFigure, type Figure } from '../measure.js';

/** All runs together take fewer candidates than there are: only a first mark is counted. */
const BUSY = { perSecond: 200, ms: 7_000 };
const IDLE = { perSecond: 5, ms: 5_000 };
const WARM = { perSecond: 200, ms: 1_500 };
const RUNS = 3;
const LIMIT_MS = 300;
const LARGE = '9999/01@2017-01';

export async function run(): Promise<readonly Figure[]> {
  const folder = temporaryFolder();
  const topology = await startTopology(folder.path);
  try {
    const [first, second] = topology.apis as readonly [string, string];
    const token = await signIn(topology.url, 'examiner2@wjec-appointees.co.uk', PASSWORD);
    const next = nextMark({ token, paths: await candidatePaths(first, token), from: 0 });
    const p99 = async (load: typeof BUSY): Promise<number> => {
      const watched = watchCount(second, token);
      const from = await watched.entered();
      const answeredMs: number[] = [];
      const { errors } = await openLoop(Number(new URL(first).port), () => toWire(next()), { ...load, onAnswer: () => answeredMs.push(nowMs()) });
      if (errors > 0) throw new Error(`${errors} marks were not answered with 200`);
      return percentile(lagsOf(answeredMs, await watched.until(from + answeredMs.length), from), 0.99);
    };
    await p99(WARM);
    const [busy, idle]: [number[], number[]] = [[], []];
    for (let n = 0; n < RUNS; n++) {
      busy.push(await p99(BUSY));
      idle.push(await p99(IDLE));
    }
    const name = `end-to-end lag: from mark to count at ${BUSY.perSecond} marks/s, p99`;
    return [
      toFigure({ name, unit: 'ms', goal: { atMost: 1 } }, busy, [LIMIT_MS]),
      toFigure({ name: `${name}, against ${IDLE.perSecond} marks/s`, unit: 'ms', goal: 'reported' }, busy, idle),
    ];
  } finally {
    await topology.stop();
    folder.remove();
  }
}

interface Seen {
  readonly atMs: number;
  readonly entered: number;
}

/** Asks one time after another, until told up to which count. */
function watchCount(url: string, token: string) {
  const seen: Seen[] = [];
  let goal = Infinity;
  const ask = async (): Promise<Seen> => {
    const answer = await fetch(`${url}/emi`, { headers: { authorization: `Bearer ${token}` } });
    const summaries = (await answer.json()) as readonly EmiSummary[];
    const { entered } = summaries.find(({ component }) => component === LARGE) as EmiSummary;
    return { atMs: nowMs(), entered };
  };
  const watching = (async () => {
    do seen.push(await ask());
    while (seen.at(-1)!.entered < goal);
  })();
  return {
    entered: async (): Promise<number> => (await ask()).entered,
    until: async (count: number): Promise<readonly Seen[]> => {
      goal = count;
      await watching;
      return seen;
    },
  };
}

/** The n-th answer against the first count that holds n more than there were. */
function lagsOf(answeredMs: readonly number[], seen: readonly Seen[], from: number): readonly number[] {
  let at = 0;
  return answeredMs.map((ms, n) => {
    while (seen[at]!.entered < from + n + 1) at += 1;
    return Math.max(0, seen[at]!.atMs - ms);
  });
}
