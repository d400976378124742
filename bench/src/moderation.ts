/** Moderation at the size of a country: a principal's page over 1,500 centres, an outcome, and all samples at once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IamisCentre, IamisSummary } from '@portal/contract';
import { drawSample, METHODS, outcomeOf, type AdjustmentSettings, type Eligible, type Method, type Moderated } from '@portal/domain';
import { built } from '@portal/test-support';
import { nowMs, percentile, toFigure, type Figure } from './measure.js';

const CENTRES = 1_500;
const CANDIDATES = 40;
const LARGE_CENTRE = 600;
const LIMITS_MS = { page: 50, outcome: 5, drawing: 1_000 };
const RUNS = 3;
const REQUESTS = 200;

export async function run(): Promise<readonly Figure[]> {
  const service = await startStress();
  try {
    return [await page(service, '/iamis', sumOfAll), await page(service, `/iamis/${encodeURIComponent(service.component)}/centres`, all), outcomes(), drawing()];
  } finally {
    service.child.kill('SIGTERM');
    await once(service.child, 'close');
  }
}

interface Stress {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string;
  readonly component: string;
}

async function startStress(): Promise<Stress> {
  const flags = JSON.parse(readFileSync(built('services/portal-api/node-flags.json'), 'utf8')) as string[];
  const program = built('services/portal-api/dist/testing/stress-unit.process.js');
  const child = spawn(process.execPath, [...flags, program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as Omit<Stress, 'child'>) };
}

/** What the principal sees is asked again and again; the slowest of a hundred counts. */
async function page<Answer>({ url, token }: Stress, path: string, check: (answer: Answer) => boolean): Promise<Figure> {
  const ask = async (): Promise<number> => {
    const began = nowMs();
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
    const body = await response.text();
    const tookMs = nowMs() - began;
    const answer = JSON.parse(body) as Answer;
    if (response.status !== 200 || !check(answer)) throw new Error(`${path} was not answered as it should be`);
    return tookMs;
  };
  for (let warm = 0; warm < 20; warm++) await ask();
  const figures: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const tookMs: number[] = [];
    for (let n = 0; n < REQUESTS; n++) tookMs.push(await ask());
    figures.push(percentile(tookMs, 0.99));
  }
  const name = `moderation: GET ${path === '/iamis' ? path : '/iamis/…/centres'} of ${CENTRES} centres, p99`;
  return toFigure({ name, unit: 'ms', goal: { atMost: 1 } }, figures, [LIMITS_MS.page]);
}

const sumOfAll = ([row]: readonly IamisSummary[]): boolean => row?.totalCentres === CENTRES && row.totalEntered === CENTRES * CANDIDATES;
const all = (centres: readonly IamisCentre[]): boolean => centres.length === CENTRES;

/** The slowest method, over a large centre whose whole cohort is adjusted. */
function outcomes(): Figure {
  const cohort = Array.from({ length: LARGE_CENTRE }, (_, at): Moderated => {
    const centreMark = 1 + ((at * 37) % 100);
    const moderatorMark = Math.max(0, centreMark - 4 - Math.floor(centreMark / 12));
    return { key: `68201/${at}`, centreMark, ...(at % 24 === 0 && { moderatorMark }) };
  });
  const once = (method: Method): number => {
    const settings: AdjustmentSettings = { maximum: 100, halfMarks: false, tolerance: 3, method, anchors: [{ at: 10, difference: -4 }, { at: 90, difference: -11 }] };
    const began = nowMs();
    const { adjusted } = outcomeOf(cohort, settings);
    const tookMs = nowMs() - began;
    if (adjusted.length !== LARGE_CENTRE) throw new Error('the cohort was not adjusted');
    return tookMs;
  };
  const rounds = Array.from({ length: 51 }, () => Math.max(...METHODS.map(once)));
  return toFigure({ name: `moderation: outcome of ${LARGE_CENTRE} candidates`, unit: 'ms', goal: { atMost: 1 } }, rounds.slice(1), [LIMITS_MS.outcome]);
}

function drawing(): Figure {
  const cohorts = Array.from({ length: CENTRES }, (_, centre) =>
    Array.from({ length: CANDIDATES }, (_, at): Eligible => ({ key: `${centre}/${at}`, mark: 1 + ((at * 31 + centre) % 50), group: `${centre}/${at % 3}` })),
  );
  const rounds = Array.from({ length: RUNS }, () => {
    const began = nowMs();
    const drawn = cohorts.reduce((sum, cohort, at) => sum + drawSample(cohort, { rule: 'jcq-classic', seed: `seed-${at}` }).length, 0);
    if (drawn !== CENTRES * 10) throw new Error(`${drawn} were drawn`);
    return nowMs() - began;
  });
  return toFigure({ name: `moderation: drawing ${CENTRES} samples`, unit: 'ms', goal: { atMost: 1 } }, rounds, [LIMITS_MS.drawing]);
}
