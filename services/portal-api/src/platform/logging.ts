import { pino, type Logger } from 'pino';

/**
 * Structured lines on standard error, one a thing that happened. Deliberately absent: tokens, names, marks and bodies.
 * The level is set from the configuration.
 */
export const log: Logger = pino(
  { level: 'info', base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
  pino.destination({ dest: 2, sync: false }),
);

/** From here on as the configuration says. */
export function logFrom({ logLevel }: { readonly logLevel: string }): void {
  log.level = logLevel;
}
