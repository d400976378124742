import { expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { event } from '../contract-suite/fixtures.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openEmbeddedStore } from './index.js';

it('leaves no trace of a deleted name in any file of the store', async () => {
  const folder = temporaryFolder();
  const holds = (text: string): boolean =>
    readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(text));
  const store = await openEmbeddedStore({ file: join(folder, 'events.db') });
  for (let n = 0; n < 200; n++) {
    await store.append(
      `candidate-${n}`,
      [event('CandidateRegistered', { name: `Myfanwy ${n % 7 === 0 ? 'Erased' : 'Kept'}-${n}` })],
      'no-stream',
    );
  }
  expect(holds('Erased-')).toBe(true);
  for (let n = 0; n < 200; n += 7) expect(await store.deleteStream(`candidate-${n}`)).toBe('deleted');
  expect(holds('Erased-')).toBe(false);
  expect(holds('Kept-')).toBe(true);
  await store.close();
});
