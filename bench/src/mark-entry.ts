/** Marks by HTTP through the whole stack: token, permission, decision, durable append, answer. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { signIn } from '@portal/portal-api/testing';
import { keptBy, PASSWORD, signIn as signInAsClient, startService, temporaryFolder } from '@portal/test-support';
import { closedLoop, openLoop, type OpenLoad } from './load.js';
import { nextMark, toWire, type Marks } from './marks.js';
import { compare, percentile, toFigure, type Figure } from './measure.js';

const CONNECTIONS = 64;
const RUN_SECONDS = 4;
const OPEN_LOOP = { perSecond: 200, ms: 10_000 };
const LIMIT_P99_MS = 25;
const LARGE = '9999/01@2017-01';

export async function run(): Promise<readonly Figure[]> {
  const folder = temporaryFolder();
  const service = await startService({ folder: folder.path });
  const echo = await startEcho();
  try {
    const token = await signIn(service.url, 'examiner2@wjec-appointees.co.uk', PASSWORD);
    const paths = await candidatePaths(service.url, token);
    let from = 0;
    const perSecond = async (port: number, as: Pick<Marks, 'token' | 'bound'> = { token }): Promise<number> => {
      const load = await closedLoop({ port, connections: CONNECTIONS, seconds: RUN_SECONDS, marks: { ...as, paths, from } });
      if (load.errors > 0) throw new Error(`${load.errors} requests were not answered with 200`);
      from += load.requests + CONNECTIONS;
      return load.requestsPerSecond;
    };
    const port = Number(new URL(service.url).port);
    const figure = await compare({
      name: `mark-entry: ${CONNECTIONS} connections, against a bare Fastify echo`,
      unit: 'marks/s',
      goal: { atLeast: 0.3 },
      ours: () => perSecond(port),
      peer: () => perSecond(echo.port),
    });
    const kept = keptBy(await signInAsClient(folder.path, service.url, 'examiner2'));
    const boundFigure = await compare({
      name: 'mark-entry: the same with every token proven (DPoP), against a bare Fastify echo',
      unit: 'marks/s',
      goal: 'reported',
      ours: () => perSecond(port, { token: kept.token, bound: { key: kept.key, server: service.url } }),
      peer: () => perSecond(echo.port),
    });
    return [figure, boundFigure, ...(await openLoopFigures(port, { token, paths, from }))];
  } finally {
    echo.child.kill('SIGTERM');
    await service.stop();
    folder.remove();
  }
}

async function openLoopFigures(port: number, marks: Marks): Promise<readonly Figure[]> {
  const next = nextMark(marks);
  const loads: OpenLoad[] = [];
  for (let run = 0; run < 3; run++) loads.push(await openLoop(port, () => toWire(next()), OPEN_LOOP));
  const p99 = loads.map(({ latenciesMs }) => percentile(latenciesMs, 0.99));
  const errors = loads.map((load) => load.errors);
  const at = `mark-entry: open loop at ${OPEN_LOOP.perSecond}/s`;
  return [
    toFigure({ name: `${at}, p99`, unit: 'ms', goal: { atMost: 1 } }, p99, [LIMIT_P99_MS]),
    // The limit is none at all; one more makes the ratio a number.
    toFigure({ name: `${at}, errors + 1`, unit: 'errors', goal: { atMost: 1 } }, errors.map((n) => n + 1), [1]),
  ];
}

/** Neighbouring requests are about different centres, as with many examiners at work. */
export async function candidatePaths(url: string, token: string): Promise<readonly string[]> {
  const sheets = `/emi/${encodeURIComponent(LARGE)}/sheets`;
  const get = async <Answer>(path: string): Promise<Answer> =>
    (await (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).json()) as Answer;
  const centres = await get<{ centre: string }[]>(sheets);
  const byCentre = await Promise.all(
    centres.map(async ({ centre }) => {
      const { candidates } = await get<{ candidates: { candidate: string }[] }>(`${sheets}/${centre}`);
      return candidates.map(({ candidate }) => `${sheets}/${centre}/candidates/${candidate}/mark`);
    }),
  );
  const longest = Math.max(...byCentre.map((paths) => paths.length));
  return Array.from({ length: longest }, (_, n) => byCentre.flatMap((paths) => paths[n] ?? [])).flat();
}

async function startEcho(): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./echo.process.js', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(line.toString()), child };
}
