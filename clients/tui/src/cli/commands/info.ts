import type { Command } from 'commander';
import { CLIENT_VERSION } from '../../platform/api/version.js';
import { findServer } from '../../platform/session/find-server.js';
import { notPrivateHere } from '../../platform/session/kept-secret.js';
import { openTokenStore } from '../../platform/session/token-store.js';
import { completionScript, type Shell } from '../completion.js';
import type { Context } from '../context.js';
import { usage, type Outcome } from '../outcome.js';
import type { Workshop } from '../program.js';

export function addInfo(program: Command, { add, alone }: Workshop): void {
  alone(add(program, 'info', 'cli.command.info'), ({ context }) => info(context));
  alone(add(program, 'completion <shell>', 'cli.command.completion'), ({ words }) => {
    const [shell = ''] = words;
    if (!['bash', 'zsh', 'fish'].includes(shell)) return usage('shell', 'cli.shell-unknown', { value: shell });
    const script = completionScript(program, shell as Shell);
    return { kind: 'done', document: { shell, script }, text: () => script };
  });
}

function info(context: Context): Outcome {
  const { paths, options, language, surroundings } = context;
  const found = findServer({ option: options.server, env: surroundings.env, paths });
  const server = found.kind === 'found' ? found.server : null;
  const tokens = server === null ? undefined : openTokenStore(paths, server);
  const document = {
    version: CLIENT_VERSION,
    node: process.version,
    server,
    serverFrom: found.kind === 'found' ? found.from : found.kind,
    language,
    config: paths.configFolder,
    settings: paths.settingsFile,
    workAs: paths.workAsFile,
    state: paths.stateFolder,
    journal: paths.journalFolder,
    tokens: tokens?.file ?? null,
    signedIn: server !== null && notPrivateHere(paths, server) === undefined && tokens?.read() !== undefined,
    announcement: paths.announcedService,
  };
  const lines = Object.entries(document).map(([name, value]) => `${name}: ${value ?? ''}`);
  return { kind: 'done', document, text: () => lines.join('\n') };
}
