import { log } from '../logging.js';
import { InProcessQueue } from './in-process-queue.js';
import { queueCases } from './queue.cases.js';

log.level = 'silent';
queueCases(async () => new InProcessQueue());
