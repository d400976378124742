/**
 * `node deploy/verify.mjs NOTARY-FOLDER [DATA]`: recomputes every hash and every signed head of a log, with the `notary.key` and
 * `notary.jsonl` of one folder, better of a copy that was kept elsewhere. The log is that of a data folder on which no
 * service runs, or the one at `EVENTSTORE_URL`. One line of JSON; exit code 0 where it is intact, 1 where it is not, or empty;
 * 2 where nothing could be checked, or not to the end.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publicKeyOf, verifyLog } from '@portal/event-store';

// Behind npm, the folder of this process is the checkout, and not where the person stands.
const [notary, data] = process.argv.slice(2).map((word) => resolve(process.env.INIT_CWD ?? process.cwd(), word));
const { EVENTSTORE_URL: url, EVENTSTORE_URL_FILE: urlFile } = process.env;
if (notary === undefined) fail('usage: node deploy/verify.mjs NOTARY-FOLDER [DATA]');
if (data === undefined && url === undefined && urlFile === undefined) fail('which log? Name a data folder, or set EVENTSTORE_URL or EVENTSTORE_URL_FILE');
// A store that is opened where none is would be made, and a check makes nothing.
const needed = [join(notary, 'notary.key'), ...(data === undefined ? [] : [join(data, 'events.db')])];
for (const file of needed) if (!existsSync(file)) fail(`${file} is not there`);
// 1 is what a finding says, and it is also the runtime's own code for whatever is thrown.
const found = await check().catch((error) => fail(error.message.replaceAll(/\s+/g, ' ').trim()));
process.stdout.write(`${JSON.stringify(found)}\n`);
// Of an empty log nothing is wrong, and nothing is there: a restore that brought nothing is not a good one.
process.exitCode = found.kind === 'intact' && found.events > 0 ? 0 : 1;

async function check() {
  const publicKey = publicKeyOf(join(notary, 'notary.key'));
  const store = await open();
  try {
    return await verifyLog(store, { publicKey, logFile: join(notary, 'notary.jsonl') });
  } finally {
    await store.close();
  }
}

async function open() {
  if (data !== undefined) {
    const { openEmbeddedStore } = await import('@portal/event-store/embedded');
    return openEmbeddedStore({ file: join(data, 'events.db') });
  }
  const { openEventStoreDb } = await import('@portal/event-store/eventstoredb');
  return openEventStoreDb({ url: url ?? readFileSync(urlFile, 'utf8').trim() });
}

function fail(words) {
  process.stderr.write(`${words}\n`);
  process.exit(2);
}
