/** From the start of a process to what a person waits for: the client's first frame, the service's ready line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startRobot, startService, temporaryFolder } from '@portal/test-support';
import { nowMs, toFigure, type Figure } from './measure.js';

const CLIENT_LIMIT_MS = 500;
const SERVICE_LIMIT_MS = 1500;
const RUNS = 5;

export async function run(): Promise<readonly Figure[]> {
  const folder = temporaryFolder();
  try {
    const first = await startService({ folder: folder.path });
    await first.stop(); // demo data are loaded once; what is measured is every start after that
    const client = await inTurn(() => clientStart(folder.path), () => processEnd(['-e', '0']));
    const service = await inTurn(() => serviceStart(folder.path), emptyNestStart);
    return [
      ...figures('start: client to first frame', CLIENT_LIMIT_MS, client, '`node -e 0`'),
      ...figures('start: service ready', SERVICE_LIMIT_MS, service, 'an empty Nest application'),
    ];
  } finally {
    folder.remove();
  }
}

interface Runs {
  readonly ours: number[];
  readonly peer: number[];
}

/** The first of each is a warm-up: the compiled code of the bundle is kept from it, as on every machine in use. */
async function inTurn(ours: () => Promise<number>, peer: () => Promise<number>): Promise<Runs> {
  const runs: Runs = { ours: [], peer: [] };
  for (let run = 0; run <= RUNS; run++) {
    const figure = await ours();
    const reference = await peer();
    if (run > 0) runs.ours.push(figure), runs.peer.push(reference);
  }
  return runs;
}

function figures(name: string, limitMs: number, { ours, peer }: Runs, peerName: string): readonly Figure[] {
  return [
    toFigure({ name, unit: 'ms', goal: { atMost: 1 } }, ours, [limitMs]),
    toFigure({ name: `${name}, against ${peerName}`, unit: 'ms', goal: 'reported' }, ours, peer),
  ];
}

async function clientStart(folder: string): Promise<number> {
  const start = nowMs();
  const robot = startRobot({ folder, server: 'http://127.0.0.1:9', columns: 140, rows: 44 });
  while (!robot.text().includes('Portal')) await robot.nextOutput();
  const tookMs = nowMs() - start;
  robot.kill('SIGTERM');
  await robot.ended;
  return tookMs;
}

async function serviceStart(folder: string): Promise<number> {
  const start = nowMs();
  const service = await startService({ folder });
  const tookMs = nowMs() - start;
  await service.stop();
  return tookMs;
}

async function emptyNestStart(): Promise<number> {
  const start = nowMs();
  const child = spawn(process.execPath, [fileURLToPath(new URL('./empty-nest.js', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const tookMs = nowMs() - start;
  child.kill('SIGTERM');
  await once(child, 'close');
  return tookMs;
}

async function processEnd(words: readonly string[]): Promise<number> {
  const start = nowMs();
  await once(spawn(process.execPath, words, { stdio: 'ignore' }), 'close');
  return nowMs() - start;
}
