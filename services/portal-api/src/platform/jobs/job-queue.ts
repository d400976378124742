/** What is to be done in the background, told by its id alone: what it is about stands in the log. */

/** `again`: later, and not at once; the queue waits longer each time. */
export type JobOutcome = 'done' | 'again';

/** `progress` takes 0 to 100. What it throws is the queue's to try again, like `again`. */
export type JobHandler = (id: string, progress: (percent: number) => void) => Promise<JobOutcome>;

/**
 * Delivers at least once, and may forget everything: whoever adds a job must be able to find out later that it was not
 * done. So a job that is done twice must come out the same.
 */
export interface JobQueue {
  /** A job that is waiting or being done is not added again. */
  add(id: string): Promise<void>;

  /** Takes jobs from here on, at most so many at a time. */
  work(handler: JobHandler, concurrency: number): void;

  /** Of a job that is being done; undefined where it is not. */
  progress(id: string): Promise<number | undefined>;

  /** Called whenever a job has got on; losing a call costs a delay and nothing else. */
  onProgress(listener: (id: string) => void): () => void;

  /** Takes no more, and gives what is being done a moment to finish. */
  close(): Promise<void>;
}

/** After the n-th attempt, from 1: twice as long each time, and never all at the same moment. */
export function backOffMs(attempt: number): number {
  const longest = Math.min(FIRST_BACK_OFF_MS * 2 ** (attempt - 1), LONGEST_BACK_OFF_MS);
  return Math.round(longest * (0.5 + Math.random() / 2));
}

const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 60_000;
/** How long `close` waits for what is being done. */
export const FINISH_WITHIN_MS = 2_000;
