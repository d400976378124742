#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { CLIENT_VERSION } from './platform/api/version.js';
import { translator } from './platform/i18n/translate.js';
import type { MessageId } from './platform/i18n/catalogue.js';
import { portalPaths } from './platform/paths.js';
import { findServer } from './platform/session/find-server.js';
import { notPrivateHere } from './platform/session/kept-secret.js';

/**
 * Without words the full screen, with `--plain` the linear one; with words the command line.
 * Each is loaded only when it is the one.
 */
process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const own = ownOptions(words);
  if (own === undefined) {
    if (asksForPassword(words)) hideTyping();
    process.stdout.on('error', unlessReaderLeft);
    const { runCommandLine } = await import('./cli/run.js');
    return runCommandLine(words);
  }
  const paths = portalPaths();
  const found = findServer({ option: own.server, paths });
  const t = translator(own.language === 'cy' ? 'cy' : 'en');
  if (found.kind === 'malformed') return complain(t('cli.server-malformed' as MessageId, { value: found.value }), 2);
  if (found.kind === 'none') return complain(t('cli.no-service' as MessageId), 4);
  if (found.kind === 'stopped') return complain(t('cli.service-stopped' as MessageId, { server: found.server }), 4);
  const unsafe = notPrivateHere(paths, found.server);
  if (unsafe !== undefined) return complain(t(`cli.not-private.${unsafe.why}` as MessageId, { path: unsafe.path }), 1);
  const options = { server: found.server, paths, version: CLIENT_VERSION };
  if (own.plain) {
    hideTyping();
    const { runPlain } = await import('./app.plain.js');
    return leaveWith(await runPlain(options, process));
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY) return complain(t('frame.no-terminal'), 2);
  const { runFullScreen } = await import('./app.run.js');
  return leaveWith(await runFullScreen(options));
}

/** Whoever reads the answer may leave before its end, as `head` does: nobody is left to be told more. */
function unlessReaderLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** At once: what is typed while the client is loading may be a password. */
function hideTyping(): void {
  if (!process.stdin.isTTY) return;
  process.stdin.setRawMode(true);
  process.once('exit', () => process.stdin.setRawMode(false));
}

function asksForPassword(words: readonly string[]): boolean {
  return words.includes('sign-in') && words.some((word) => word.startsWith('--username')) && !words.includes('--password-stdin');
}

/** A connection kept open is no reason to stay; what was written goes out first. */
async function leaveWith(code: number): Promise<never> {
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(code);
}

interface OwnOptions {
  readonly plain?: boolean | undefined;
  readonly server?: string | undefined;
  readonly language?: string | undefined;
}

/** Undefined where anything stands there that is the command line's. */
function ownOptions(words: readonly string[]): OwnOptions | undefined {
  const { values, tokens } = parseArgs({
    args: [...words],
    options: { plain: { type: 'boolean' }, server: { type: 'string' }, language: { type: 'string' } },
    strict: false,
    tokens: true,
  });
  const isForeign = tokens.some((token) => token.kind !== 'option' || !['plain', 'server', 'language'].includes(token.name));
  return isForeign ? undefined : (values as OwnOptions);
}

function complain(sentence: string, code: number): number {
  process.stderr.write(`portal: ${sentence}\n`);
  return code;
}
