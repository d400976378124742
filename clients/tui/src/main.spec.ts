import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('main.js', import.meta.url));

it('has nothing to say where whoever reads its answer has left already', () => {
  const ran = spawnSync('sh', ['-c', '"$0" "$1" --help | true', process.execPath, MAIN], { encoding: 'utf8' });
  expect([ran.status, ran.stderr]).toEqual([0, '']);
});
