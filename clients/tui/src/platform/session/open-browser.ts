import { spawn } from 'node:child_process';

/** Shows the address in the person's browser, without a shell between. False where no program for it could be started. */
export function openBrowser(address: string, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const [program, ...words] = PROGRAMS[process.platform] ?? ['xdg-open'];
  return new Promise(resolve => {
    // A session of its own: a browser made of text finds no terminal to draw on.
    const child = spawn(program!, [...words, address], { stdio: 'ignore', detached: true, env: withoutOurs(env) });
    child.once('error', () => resolve(false));
    child.once('spawn', () => resolve(true));
    child.unref();
  });
}

const PROGRAMS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Nothing of the Portal's settings is the browser's business. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PORTAL_')));
}
