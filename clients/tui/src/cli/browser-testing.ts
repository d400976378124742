/** A browser for tests: follows redirects, keeps cookies by origin, and answers the sign-in steps as JSON. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCookieJar, type CookieJar } from '../platform/session/cookies.js';

export interface OpenedBrowser {
  /** So that `xdg-open` is this one. */
  readonly env: Readonly<Record<string, string>>;
  /** The words that it was called with, once it was. */
  readonly opened: () => Promise<readonly string[]>;
}

/** A program of the name that the client calls; it writes down what it was given. */
export function installBrowser(folder: string): OpenedBrowser {
  const [bin, file] = [join(folder, 'bin'), join(folder, 'opened')];
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${file}.part'\nenv > '${file}.env'\nmv '${file}.part' '${file}'\n`);
  chmodSync(join(bin, 'xdg-open'), 0o755);
  return {
    env: { PATH: `${bin}:${process.env['PATH']}` },
    opened: async () => {
      while (!existsSync(file)) await sleep(25);
      return readFileSync(file, 'utf8').trim().split('\n');
    },
  };
}

export class Browser {
  readonly #jars = new Map<string, CookieJar>();

  /** Everything that it asked for, in order. */
  readonly visited: URL[] = [];

  async go(address: string | URL, body?: object): Promise<{ readonly url: URL; readonly status: number; readonly text: string }> {
    let url = new URL(address);
    for (let sent = body; ; sent = undefined) {
      const response = await this.#ask(url, sent);
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, text: await response.text() };
      url = new URL(location, url);
    }
  }

  /** From the address that the client opened to the page that says how it ended. */
  async signIn(address: string, username: string, password: string): Promise<string> {
    const { url: page } = await this.go(address);
    const step = async (name: string, answer: object) => JSON.parse((await this.go(`${page.href}/${name}`, answer)).text) as { step: string; resume?: string };
    await step('username', { username });
    await step('password', { password });
    const done = await step('stay', { stay: false });
    return (await this.go(new URL(done.resume ?? '', page))).text;
  }

  async #ask(url: URL, body: object | undefined): Promise<Response> {
    this.visited.push(url);
    const jar = this.#jars.get(url.origin) ?? createCookieJar();
    this.#jars.set(url.origin, jar);
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { accept: 'application/json', cookie: jar.header(url), ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    jar.take(response, url);
    return response;
  }
}
