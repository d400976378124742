import { pino, type Logger } from 'pino';

/**
 * Structured lines on standard error, one a thing that happened. Deliberately absent: tokens, names, marks and bodies.
 */
export const log: Logger = pino(
  { level: process.env['PORTAL_LOG_LEVEL'] ?? 'info', base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
  pino.destination({ dest: 2, sync: false }),
);
