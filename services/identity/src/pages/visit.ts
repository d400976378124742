import type { ServerResponse } from 'node:http';
import type { Secrets } from '../platform/secrets.js';
import type { Exchange } from '../sign-in/sign-in-routes.js';
import { formToken } from './form-token.js';
import { languageCookie, languageOf } from './language.js';
import { laidOut, PAGE_HEADERS, type Page, type Scene } from './layout.js';
import { textsIn } from './texts.js';

export type Shown = { readonly scene: Scene; readonly page: Page } | { readonly redirect: string };

/** One request of a browser, with what every page needs of it. */
export interface Visit {
  readonly exchange: Exchange;
  readonly query: URLSearchParams;
  /** `asked` are the languages that a program asked for. */
  readonly scene: (address: string, asked?: string) => Scene;
}

export function visitOf(exchange: Exchange, { secrets, isSecure }: { secrets: Secrets; isSecure: boolean }): Visit {
  const { request, response } = exchange;
  const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
  const { token, cookie } = formToken(request, secrets, isSecure);
  for (const line of [cookie, languageCookie(query, isSecure)]) if (line !== undefined) response.appendHeader('set-cookie', line);
  const scene: Visit['scene'] = (address, asked) => ({ ...textsIn(languageOf(request, query, asked)), token, address });
  return { exchange, query, scene };
}

export function sendShown(response: ServerResponse, shown: Shown): void {
  if ('redirect' in shown) {
    response.writeHead(303, { location: shown.redirect, 'cache-control': 'no-store' }).end();
    return;
  }
  const { scene, page } = shown;
  response.writeHead(page.status ?? 200, PAGE_HEADERS).end(laidOut(scene, page));
}
