import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import type { Document } from '@portal/contract';
import { startPortal } from '../../testing/portal.js';

it('whoever makes a document may be killed at any moment: there is one, whole, soon after', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-killed-'));
  const commandId = randomUUID();
  for (const when of ['rendering', 'kept', 'recorded']) await killed(folder, commandId, when);
  const started = Date.now();
  const portal = await startPortal({ folder });
  const anna = await portal.person('anna');
  let document = await anna.get<Document>(`/documents/${commandId}`);
  for (; document.state !== 'ready' && Date.now() - started < 60_000; await pause(50)) document = await anna.get<Document>(`/documents/${commandId}`);
  const rendered = (await portal.log()).filter(({ type }) => type === 'DocumentRendered' || type === 'DocumentFailed');
  expect(rendered.map(({ type, data }) => [type, data['sha256'], data['bytes']])).toEqual([['DocumentRendered', document.sha256, document.bytes]]);
  expect(filesIn(join(folder, 'files'))).toEqual([[document.sha256, document.bytes]]);
  await portal.stop();
});

/** A process that dies there. */
async function killed(folder: string, commandId: string, when: string): Promise<void> {
  const program = fileURLToPath(new URL('../../testing/crashing-rendering.process.js', import.meta.url));
  const child = spawn(process.execPath, [program, folder, commandId, when], { stdio: ['ignore', 'ignore', 'inherit'] });
  expect([when, ...(await once(child, 'close'))]).toEqual([when, null, 'SIGKILL']);
}

/** By what is in them; what a killed process was writing has no name. */
function filesIn(folder: string): readonly (readonly [string, number])[] {
  const folders = readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name));
  return folders.flatMap((name) => readdirSync(join(folder, name)).map((rest) => contents(join(folder, name, rest), name + rest)));
}

function contents(file: string, name: string): readonly [string, number] {
  const bytes = readFileSync(file);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(name);
  return [name, bytes.length];
}
