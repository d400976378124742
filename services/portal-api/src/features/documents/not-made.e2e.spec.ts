import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Document } from '@portal/contract';
import { pino } from 'pino';
import { log } from '../../platform/logging.js';
import { CENTRE, COMPONENT, enter, setUp, type Examination } from '../../testing/one-component.js';
import { startPortal, type Portal } from '../../testing/portal.js';

/** Lines of the log as they are written. */
const lines: Record<string, unknown>[] = [];
const out = (log as unknown as { readonly [pino.symbols.streamSym]: { write: (line: string) => unknown } })[pino.symbols.streamSym];
out.write = (line) => lines.push(JSON.parse(line) as Record<string, unknown>);

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
  await enter(exam.anna, '0001', '11');
  log.level = 'info';
});
afterAll(() => portal.stop());

/** What is written until it is parked: level, attempt, whether it is parked, reason. */
async function parked(body: object): Promise<readonly unknown[]> {
  lines.length = 0;
  const asked = await exam.anna.ask<Document>('POST', '/documents', { body: { component: COMPONENT, ...body } });
  let { body: document } = asked;
  for (const untilMs = Date.now() + 60_000; document.state !== 'parked' && Date.now() < untilMs; await pause(50)) {
    document = await exam.anna.get<Document>(`/documents/${document.document}`);
  }
  const its = () => lines.filter((line) => line['document'] === document.document && line['msg'] === 'a document was not made');
  for (const untilMs = Date.now() + 2_000; its().at(-1)?.['parked'] !== true && Date.now() < untilMs; await pause(20));
  return its().map(({ level, attempt, parked, reason }) => [level, attempt, parked, reason]);
}

it('where there is nothing to show, that is told as no trouble of the service, and that it is parked', async () => {
  expect(await parked({ kind: 'receipt' })).toEqual([[INFO, 1, true, 'no-receipt']]);
});

it('where it cannot be made, each attempt is a warning, and the last one says that it is parked', async () => {
  if (process.platform !== 'linux') return;
  // Each that is started to draw it is ended before it has loaded what it draws with.
  const ending = setInterval(() => children().forEach((pid) => process.kill(pid, 'SIGKILL')), 5);
  const attempt = (number: number, isParked: boolean) => [WARN, number, isParked, 'render-failed'];
  try {
    expect(await parked({ kind: 'mark-sheet', centre: CENTRE })).toEqual([attempt(1, false), attempt(2, false), attempt(3, true)]);
  } finally {
    clearInterval(ending);
  }
});

/** Of this process: those that draw, and no others. One that has ended is listed until it was waited for, and bears a signal more. */
function children(): readonly number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

const { info: INFO, warn: WARN } = pino.levels.values;
