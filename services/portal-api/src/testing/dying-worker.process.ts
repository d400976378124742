/**
 * Takes a job and never ends it: it is to be killed. Says the job's id when it has it.
 * `node dying-worker.process.js REDIS-URL`
 */
import { openBullQueue } from '../platform/jobs/bullmq-queue.js';

const queue = await openBullQueue(process.argv[2] as string);
queue.work((id) => {
  process.stdout.write(`${id}\n`);
  return Promise.withResolvers<'done'>().promise;
}, 1);
