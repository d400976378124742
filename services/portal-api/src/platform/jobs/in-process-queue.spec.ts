import { InProcessQueue } from './in-process-queue.js';
import { queueCases } from './queue.cases.js';

queueCases(async () => new InProcessQueue());
