import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD } from './service.js';
import { built } from './temporary.js';

/** Somebody with folders of their own, who types commands at the real client. */
export interface Person {
  readonly folder: string;
  /** Runs `portal … --json`; throws when it is refused. */
  readonly portal: <Answer = unknown>(words: readonly string[], stdin?: string) => Promise<Answer>;
  /** Writes a file into the person's folder and answers with its path. */
  readonly file: (name: string, content: string) => string;
}

export const address = (name: string): string => `${name}@wjec-appointees.co.uk`;

/** Signed in, in `folder`, so that a robot started with the same folder is signed in too. */
export async function signIn(folder: string, server: string, name: string): Promise<Person> {
  const environment = { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: built('.cache/compiled'), ...personFolders(folder), INIT_CWD: folder, PORTAL_SERVER: server };
  const person: Person = {
    folder,
    portal: (words, stdin = '') => runClient(words, stdin, environment),
    file: (fileName, content) => {
      const path = join(folder, fileName);
      writeFileSync(path, content);
      return path;
    },
  };
  await person.portal(['sign-in', '--username', address(name), '--password-stdin', '--stay'], `${PASSWORD}\n`);
  return person;
}

/** Where the client keeps what is one person's. */
export function personFolders(folder: string): Record<string, string> {
  return { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'state') };
}

function runClient<Answer>(words: readonly string[], stdin: string, environment: Record<string, string>): Promise<Answer> {
  const child = spawn(process.execPath, [built('clients/tui/dist/portal.mjs'), ...words, '--json'], { env: environment, stdio: 'pipe' });
  child.stdin.on('error', () => undefined).end(stdin);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) =>
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(stdout) as Answer);
      else reject(new Error(`portal ${words.join(' ')} ended with ${code}: ${stderr}${stdout}`));
    }),
  );
}
