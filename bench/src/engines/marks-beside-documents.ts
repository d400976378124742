/** Marks at a steady rate, with four documents being made all the while and with none: nobody who marks shall notice. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Document } from '@portal/contract';
import { signIn } from '@portal/portal-api/testing';
import { PASSWORD, startService, temporaryFolder } from '@portal/test-support';
import { openLoop } from '../load.js';
import { candidatePaths } from '../mark-entry.js';
import { nextMark, toWire } from '../marks.js';
import { compare, percentile, type Figure } from '../measure.js';

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
    const figure = await compare({
      name: `documents: p99 of marks at ${OPEN_LOOP.perSecond}/s while ${AT_ONCE} documents are in work, against none`,
      unit: 'ms',
      goal: { atMost: 1.5 },
      runs: 3,
      peer: p99,
      ours: async () => {
        await documents.ask();
        const found = await p99();
        await documents.end();
        return found;
      },
    });
    return [figure];
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
  let last = '';
  const stateOfLast = async (): Promise<Document['state']> => ((await (await fetch(`${url}/documents/${last}`, { headers })).json()) as Document).state;
  return {
    async ask(): Promise<void> {
      for (let n = 0; n < ASKED_AHEAD; n++) {
        const answer = await fetch(`${url}/documents`, { method: 'POST', headers: { ...headers, 'idempotency-key': randomUUID() }, body });
        if (answer.status !== 202) throw new Error(`a document was not taken: ${answer.status}`);
        last = ((await answer.json()) as Document).document;
      }
    },
    /** They were being made to the end, or the figure says nothing; and there are none when the next run begins. */
    async end(): Promise<void> {
      if ((await stateOfLast()) === 'ready') throw new Error('the documents were ready before the marks were in: ask for more');
      while ((await stateOfLast()) !== 'ready') await pause(200);
    },
  };
}
