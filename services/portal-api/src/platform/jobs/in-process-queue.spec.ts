import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { log } from '../logging.js';
import { InProcessQueue } from './in-process-queue.js';
import { queueCases } from './queue.cases.js';

log.level = 'silent';
queueCases(async () => new InProcessQueue());

it('has as many listeners as there are, and prints nothing of it among the lines of the log', async () => {
  const program = `
    import { InProcessQueue } from '${new URL('./in-process-queue.js', import.meta.url)}';
    const queue = new InProcessQueue();
    let heard = 0;
    for (let n = 0; n < 20; n += 1) queue.onProgress(() => (heard += 1));
    queue.onProgress(() => (heard += 1))();
    queue.work(async () => 'done', 1);
    await queue.add('job-told');
    setImmediate(() => process.stdout.write(String(heard)));
  `;
  expect(await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])).toEqual({ stdout: '20', stderr: '' });
});
