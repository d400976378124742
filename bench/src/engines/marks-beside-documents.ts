/** Marks at a steady rate, with four documents being made all the while and with none: nobody who marks shall notice. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Document } from '@portal/contract';
import { signIn } from '@portal/portal-api/testing';
import { PASSWORD, startService, temporaryFolder } from '@portal/test-support';
import { openLoop } from '../load.js';
import { candidatePaths } from '../mark-entry.js';
import { nextMark, toWire } from '../marks.js';
import { compare, nowMs, percentile, toFigure, type Figure } from '../measure.js';

const OPEN_LOOP = { perSecond: 200, ms: 8_000 };
const AT_ONCE = 4;
/** More than are made while one run lasts. */
const ASKED_AHEAD = 250;

export async function run(): Promise<readonly Figure[]> {
  const folder = temporaryFolder();
  const environment = { PORTAL_DOCUMENTS_AT_ONCE: String(AT_ONCE), PORTAL_DEMO_FACTORS: '0' };
  const service = await startService({ folder: folder.path, environment });
  try {
    const token = await signIn(service.url, 'examiner2@wjec-appointees.co.uk', PASSWORD);
    const paths = await candidatePaths(service.url, token);
    const next = nextMark({ token, paths, from: 0 });
    const p99 = async (): Promise<number> => {
      const { latenciesMs, errors } = await openLoop(Number(new URL(service.url).port), () => toWire(next()), OPEN_LOOP);
      if (errors > 0) throw new Error(`${errors} marks were not answered with 200`);
      return percentile(latenciesMs, 0.99);
    };
    const documents = documentsOf(service.url, token, paths[0]!);
    const [beside, alone]: [number[], number[]] = [[], []];
    const figure = await compare({
      name: `documents: p99 of marks at ${OPEN_LOOP.perSecond}/s while ${AT_ONCE} documents are in work, against none`,
      unit: 'ms',
      goal: { atMost: 1.5 },
      runs: 3,
      peer: p99,
      ours: async () => {
        await documents.ask();
        const rate = await documents.rate();
        const found = await p99();
        beside.push(await rate());
        const rateAfter = await documents.rate();
        await documents.end();
        alone.push(await rateAfter());
        return found;
      },
    });
    const made = { name: `documents made in a second beside ${OPEN_LOOP.perSecond} marks/s, against by themselves`, unit: 'documents/s' };
    return [figure, toFigure({ ...made, goal: 'reported' }, beside, alone)];
  } finally {
    await service.stop();
    folder.remove();
  }
}

/** Mark sheets of one centre, one after another. */
function documentsOf(url: string, token: string, markPath: string) {
  const [, component = '', centre = ''] = /^\/emi\/([^/]+)\/sheets\/(\d{5})\//.exec(markPath) ?? [];
  const body = JSON.stringify({ kind: 'mark-sheet', component: decodeURIComponent(component), centre });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const asked: string[] = [];
  const isReady = async (id: string): Promise<boolean> =>
    ((await (await fetch(`${url}/documents/${id}`, { headers })).json()) as Document).state === 'ready';
  /** They are made in the order of asking. */
  const ready = async (): Promise<number> => {
    let [low, high] = [0, asked.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (await isReady(asked[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    async ask(): Promise<void> {
      asked.length = 0;
      for (let n = 0; n < ASKED_AHEAD; n++) {
        const answer = await fetch(`${url}/documents`, { method: 'POST', headers: { ...headers, 'idempotency-key': randomUUID() }, body });
        if (answer.status !== 202) throw new Error(`a document was not taken: ${answer.status}`);
        asked.push(((await answer.json()) as Document).document);
      }
    },
    /** From now until what it gives is called: documents made, a second. */
    async rate(): Promise<() => Promise<number>> {
      const [from, before] = [nowMs(), await ready()];
      return async () => ((await ready()) - before) / ((nowMs() - from) / 1000);
    },
    /** They were being made to the end, or the figure says nothing; and there are none when the next run begins. */
    async end(): Promise<void> {
      const last = asked.at(-1)!;
      if (await isReady(last)) throw new Error('the documents were ready before the marks were in: ask for more');
      while (!(await isReady(last))) await pause(200);
    },
  };
}
