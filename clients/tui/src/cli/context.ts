import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../platform/api/api.js';
import type { ApiResult } from '../platform/api/result.js';
import { causeOf } from '../platform/api/transport.js';
import { CLIENT_VERSION } from '../platform/api/version.js';
import type { Language } from '../platform/i18n/catalogue.js';
import { portalPaths, type PortalPaths } from '../platform/paths.js';
import { readJsonIfThere, writePrivately } from '../platform/paths/private-files.js';
import { findServer } from '../platform/session/find-server.js';
import { notPrivateHere } from '../platform/session/kept-secret.js';
import { connect, type ClientOptions, type Session } from '../platform/session/session.js';
import { provingAt } from './proving.js';
import { repeatWhileAway } from './repeat.js';
import { EXIT, failed, notDone, refused, sentence, usage, type Failed } from './outcome.js';

/** Where a command runs: its streams, its environment, and what was said before the command's own words. */
export interface Surroundings {
  readonly stdin: NodeJS.ReadStream & { readonly fd: number };
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

export interface GlobalOptions {
  readonly json?: true;
  readonly server?: string;
  readonly language?: Language;
  readonly quiet?: true;
}

export interface Context {
  readonly surroundings: Surroundings;
  readonly options: GlobalOptions;
  readonly language: Language;
  readonly paths: PortalPaths;
}

export interface Connected {
  readonly server: string;
  readonly session: Session;
  readonly api: Api;
  readonly client: ClientOptions;
  /** A read that includes what earlier commands of this person recorded. */
  readonly read: <T>(call: () => Promise<ApiResult<T>>) => Promise<ApiResult<T>>;
  /** Keeps the position reached for the next command. */
  readonly keepSeen: () => Promise<void>;
}

export function createContext(surroundings: Surroundings, options: GlobalOptions): Context {
  const paths = portalPaths(surroundings.env);
  const kept = readJsonIfThere<{ language?: unknown }>(paths.settingsFile)?.language;
  return { surroundings, options, paths, language: options.language ?? (kept === 'cy' ? 'cy' : 'en') };
}

export function connectTo(context: Context): Connected | Failed {
  const { options, surroundings, paths } = context;
  const found = findServer({ option: options.server, env: surroundings.env, paths });
  if (found.kind === 'malformed') return usage('server', 'cli.server-malformed', { value: found.value });
  if (found.kind !== 'found') {
    const { kind } = found;
    const stopped = (server: string) => sentence('cli.service-stopped', { server });
    const said = kind === 'none' ? sentence('cli.no-service') : stopped(found.server);
    return failed(EXIT.unreachable, { type: 'unreachable' }, said);
  }
  const unsafe = notPrivateHere(paths, found.server);
  if (unsafe !== undefined) return refused('not-private', undefined, sentence(`cli.not-private.${unsafe.why}`, { path: unsafe.path }));
  const client = { server: found.server, paths, version: CLIENT_VERSION, language: () => context.language };
  const prove = provingAt(context, client);
  return withMemory({ ...client, ...(prove && { prove }) });
}

/** Without a sign-in nothing is sent; a person is better told first that nobody is there. */
export async function unreachable(server: string): Promise<Failed | undefined> {
  try {
    await fetch(server, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(3_000) });
    return undefined;
  } catch (error) {
    return notDone({ kind: 'unreachable', cause: causeOf(error) }, { server });
  }
}

function seenFile(paths: PortalPaths, server: string): string {
  const key = createHash('sha256').update(`${paths.configFolder}\n${server}`).digest('hex').slice(0, 32);
  return join(paths.stateFolder, 'seen', `${key}.json`);
}

/** Another service may stand at this address since: what the last one reached says nothing. */
export function forgetSeen({ paths }: Context, server: string): void {
  rmSync(seenFile(paths, server), { force: true });
}

/** Two commands in a row are two processes: the second must still see what the first one did. */
function withMemory(client: ClientOptions): Connected {
  const { session, api } = connect(client);
  const file = seenFile(client.paths, client.server);
  const before = readJsonIfThere<{ position?: unknown }>(file)?.position;
  if (typeof before === 'string') api.noteSeen(before);
  return {
    server: client.server,
    session,
    api,
    client,
    read: async call => {
      const result = await repeatWhileAway(call);
      // The service may have been set up anew since: then that position will never come.
      if (result.kind !== 'problem' || result.problem.type !== 'view-behind' || api.seen() !== before) return result;
      api.forgetSeen();
      return repeatWhileAway(call);
    },
    keepSeen: async () => {
      if (api.seen() !== before) await writePrivately(file, JSON.stringify({ position: api.seen() ?? null }));
    },
  };
}

/** File arguments are meant from where the person stands, not from where npm runs the script. */
export function resolveFile(context: Context, file: string): string {
  return join(file.startsWith('/') ? '/' : (context.surroundings.env['INIT_CWD'] ?? process.cwd()), file);
}

export function readArgument(context: Context, file: string): { readonly text: string } | Failed {
  try {
    const bytes = readFileSync(file === '-' ? context.surroundings.stdin.fd : resolveFile(context, file));
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return usage('file', 'cli.file-missing', { file });
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return refused('file-encoding', 'file', sentence('cli.file-encoding', { file }));
    }
    if (code === undefined) throw error;
    return usage('file', 'cli.file-unreadable', { file, cause: code });
  }
}
