/** Marks by HTTP through the whole stack: token, permission, decision, durable append, answer. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { signIn } from '@portal/portal-api/testing';
import { PASSWORD, startService, temporaryFolder, type Service } from '@portal/test-support';
import { closedLoop, openLoop, type Load, type NextRequest } from './load.js';
import { compare, percentile, toFigure, type Figure } from './measure.js';

const CONNECTIONS = 64;
const RUN_MS = 4_000;
const OPEN_LOOP = { perSecond: 200, ms: 10_000 };
const LIMIT_P99_MS = 25;
const LARGE = '9999/01@2017-01';

export async function run(): Promise<readonly Figure[]> {
  const folder = temporaryFolder();
  const service = await startService({ folder: folder.path });
  const echo = await startEcho();
  try {
    const next = await requests(service);
    const loop = async (port: number): Promise<number> => throughput(await closedLoop(port, next, { connections: CONNECTIONS, ms: RUN_MS }));
    const servicePort = Number(new URL(service.url).port);
    return [
      await compare({
        name: `mark-entry: ${CONNECTIONS} connections, against a bare Fastify echo`, unit: 'marks/s', goal: { atLeast: 0.3 },
        ours: () => loop(servicePort), peer: () => loop(echo.port),
      }),
      ...(await openLoopFigures(servicePort, next)),
    ];
  } finally {
    echo.child.kill('SIGTERM');
    await service.stop();
    folder.remove();
  }
}

function throughput({ requestsPerSecond, errors }: Load): number {
  if (errors > 0) throw new Error(`${errors} requests were not answered with 200`);
  return requestsPerSecond;
}

async function openLoopFigures(port: number, next: NextRequest): Promise<readonly Figure[]> {
  const loads: Load[] = [];
  for (let run = 0; run < 3; run++) loads.push(await openLoop(port, next, OPEN_LOOP));
  const p99 = loads.map(({ latenciesMs }) => percentile(latenciesMs, 0.99));
  const errors = loads.map((load) => load.errors);
  return [
    toFigure({ name: `mark-entry: open loop at ${OPEN_LOOP.perSecond}/s, p99`, unit: 'ms', goal: { atMost: 1 } }, p99, [LIMIT_P99_MS]),
    // The limit is none at all; one more makes the ratio a number.
    toFigure({ name: `mark-entry: open loop at ${OPEN_LOOP.perSecond}/s, errors + 1`, unit: 'errors', goal: { atMost: 1 } }, errors.map((n) => n + 1), [1]),
  ];
}

/** Every request is another mark, so each records an event: first all candidates once, then each corrected again and again. */
async function requests(service: Service): Promise<NextRequest> {
  const token = await signIn(service.url, 'examiner2@wjec-appointees.co.uk', PASSWORD);
  const paths = await candidatePaths(service.url, token);
  const head = `host: 127.0.0.1\r\nauthorization: Bearer ${token}\r\nportal-client: 1.0.0\r\ncontent-type: application/json\r\n`;
  let n = 0;
  return () => {
    const path = paths[n % paths.length]!;
    const body = `{"mark":"${1 + ((Math.floor(n / paths.length) * 7 + n) % 98)}","queuedMs":0}`;
    n += 1;
    return `PUT ${path} HTTP/1.1\r\n${head}idempotency-key: ${randomUUID()}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  };
}

/** Neighbouring requests are about different centres, as with many examiners at work. */
async function candidatePaths(url: string, token: string): Promise<readonly string[]> {
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
