import type { Config } from './config.js';
import type { FileStore } from './files/file-store.js';
import { openFiles } from './files/open-files.js';
import { openBullQueue } from './jobs/bullmq-queue.js';
import { InProcessQueue } from './jobs/in-process-queue.js';
import type { JobQueue } from './jobs/job-queue.js';
import { Renderers } from './rendering/renderers.js';

/** What is done in the background, and where what comes of it is kept. */
export interface Work {
  readonly files: FileStore;
  readonly jobs: JobQueue;
  readonly renderers: Renderers;
}

/** Throws `ConfigError` where Redis puts out what it has no room for. */
export async function openWork({ files, redis, roles }: Config): Promise<Work> {
  const isShared = redis !== undefined && (roles.has('api') || roles.has('worker'));
  const jobs = isShared ? await openBullQueue(redis) : new InProcessQueue();
  return { files: await openFiles(files), jobs, renderers: new Renderers() };
}

/** First what takes work, then what does it. */
export async function closeWork({ jobs, renderers, files }: Work): Promise<void> {
  await jobs.close();
  await renderers.close();
  await files.close();
}
