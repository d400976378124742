import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { startBridge, type Bridge } from './index.js';

const folder = fileURLToPath(new URL('../../../probe/', import.meta.url));
const real = JSON.parse(readFileSync(`${folder}real-23.10.json`, 'utf8')) as Readonly<Record<string, unknown>>;
const sound = Object.keys(real).filter((name) => !name.startsWith('malformed: '));

let bridge: Bridge;
let answered: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  bridge = await startBridge({ folder: temporaryFolder() });
  const words = [`${folder}probe.mjs`, bridge.url, '--sound'];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: folder });
  answered = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
});
afterAll(() => bridge.stop());

it.each(sound)('answers as a real server: %s', (name) => {
  expect(answered[name]).toEqual(real[name]);
});

it('was asked everything, and nothing else', () => {
  expect(Object.keys(answered)).toEqual(sound);
  expect(sound.length).toBeGreaterThanOrEqual(40);
});
