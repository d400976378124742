import type { PasswordRecovery } from '../accounts/password-recovery.js';
import { readForm } from '../http/body.js';
import { Refused } from '../http/problems.js';
import { logError } from '../platform/logging.js';
import type { Exchange } from '../sign-in/sign-in-routes.js';
import type { SignInParts } from '../sign-in/sign-in-work.js';
import { isStepName } from '../sign-in/steps.js';
import { AmpPages, type AmpPageParts } from './amp-pages.js';
import { ENDED_PAGE } from './error-page.js';
import { isOwnForm } from './form-token.js';
import { html } from './html.js';
import type { Page } from './layout.js';
import { RecoveryPages } from './recovery-pages.js';
import { SignInPages } from './sign-in-pages.js';
import { link } from './step-pages.js';
import type { TextKey } from './texts.js';
import { sendShown, visitOf, type Shown, type Visit } from './visit.js';

export interface PagesParts extends SignInParts, AmpPageParts {
  readonly recovery: PasswordRecovery;
}

type Route = (visit: Visit, rest: readonly string[], fields: URLSearchParams) => Promise<Shown | undefined>;

/** What identity answers to browsers. Nothing is decided here that is not decided for programs in the same place. */
export class Pages {
  readonly #parts: PagesParts;
  readonly #gets: Readonly<Record<string, Route>>;
  readonly #posts: Readonly<Record<string, Route>>;

  constructor(parts: PagesParts) {
    this.#parts = parts;
    const signIn = new SignInPages(parts);
    const amp = new AmpPages(parts);
    const recovery = new RecoveryPages(parts.recovery, parts.isSecure);
    this.#gets = {
      amp: (visit, rest) => amp.show(visit, rest),
      recovery: (visit, rest) => recovery.show(visit, rest),
      // The address that people type.
      device: async ({ query }, rest) => (rest.length === 0 ? { redirect: `/oidc/device${query.size > 0 ? '?' : ''}${query}` } : undefined),
      // Whoever goes to where a form was sent finds the page that it stood on.
      'sign-in': async (visit, [uid, name = '', ...more]) => {
        if (!uid || more.length > 0 || (name !== '' && !isStepName(name))) return undefined;
        return name === '' ? signIn.show(visit, uid) : { redirect: `/sign-in/${uid}` };
      },
      '': async (visit, rest) => (rest.length === 0 ? homePage(visit) : undefined),
    };
    this.#posts = {
      amp: (visit, rest, fields) => amp.answer(visit, rest, fields),
      recovery: (visit, rest, fields) => recovery.answer(visit, rest, fields),
      'sign-in': async (visit, [uid, name, ...more], fields) =>
        uid && name && more.length === 0 ? signIn.answer(visit, uid, name, fields) : undefined,
    };
  }

  async answer(exchange: Exchange, path: string): Promise<void> {
    const visit = visitOf(exchange, this.#parts);
    sendShown(exchange.response, await this.#shown(visit, path).catch((error: unknown) => failed(visit, error)));
  }

  async #shown(visit: Visit, path: string): Promise<Shown> {
    const { request } = visit.exchange;
    const [, first = '', ...rest] = path.split('/');
    const isForm = request.method === 'POST';
    const fields = isForm ? await readForm(request) : new URLSearchParams();
    if (isForm && !isOwnForm(request, fields.get('form') ?? '', this.#parts.secrets, this.#parts.origin)) {
      return told(visit, { title: 'problem', how: 'wrong-form', status: 403 });
    }
    const routes = isForm ? this.#posts : this.#gets;
    const route = Object.hasOwn(routes, first) ? routes[first] : undefined;
    return (await route?.(visit, rest, fields)) ?? told(visit, { title: 'not-here', status: 404 });
  }
}

/** A sign-in that is not known here is no fault; anything else that nobody expected is. */
function failed(visit: Visit, error: unknown): Shown {
  if (error instanceof Refused && error.problem.type === 'sign-in-refused') {
    if (visit.exchange.request.method === 'POST') return { redirect: ENDED_PAGE };
    return told(visit, { title: 'ended', how: 'ended-how', status: error.problem.status });
  }
  if (!(error instanceof Refused)) logError('a page failed', error as Error);
  const status = error instanceof Refused ? error.problem.status : 500;
  return told(visit, { title: 'failed', how: 'failed-how', status });
}

function homePage(visit: Visit): Shown {
  const scene = visit.scene('/');
  const { say } = scene;
  const body = html`<p>${say('home-how')}</p>${link('/amp', say('amp'))}${link('/device', say('device'))}${link('/recovery', say('forgotten'))}`;
  return { scene, page: { title: 'portal', body } };
}

function told(visit: Visit, { title, how, status }: { title: TextKey; how?: TextKey; status: number }): Shown {
  const scene = visit.scene((visit.exchange.request.url ?? '/').split('?', 1)[0] ?? '/');
  const page: Page = { title, body: html`${how && html`<p>${scene.say(how)}</p>`}`, status };
  return { scene, page };
}
