import type { Provider, ProviderContext, ProviderError } from 'oidc-provider';
import { addressOf } from '../http/client-address.js';
import { devicePage, type DeviceView } from '../pages/device-pages.js';
import { languageCookie } from '../pages/language.js';
import { PAGE_HEADERS } from '../pages/layout.js';
import { Attempts } from '../sign-in/attempts.js';
import { clientNamed } from '../sign-in/client-name.js';

interface DeviceInfo {
  readonly ip?: string;
  readonly ua?: string;
}

/** RFC 8628: a program that has no browser shows a code, and the person enters it in the browser of another device. */
export class DeviceFlow {
  /** Only codes that there are not count. */
  readonly #wrong;

  constructor(
    private readonly origin: string,
    clock: () => Date,
  ) {
    this.#wrong = new Attempts(clock, { most: 20, withinMs: 10 * 60_000 });
  }

  feature(): object {
    return {
      enabled: true,
      charset: 'base-20',
      mask: '****-****',
      // Kept with the code, and shown where the person confirms it.
      deviceInfo: ({ req }: ProviderContext): DeviceInfo => ({ ip: addressOf(req), ua: req.headers['user-agent'] ?? '' }),
      userCodeInputSource: (ctx: ProviderContext, _form: string, _out?: unknown, error?: ProviderError) => this.#input(ctx, error),
      userCodeConfirmSource: (ctx: ProviderContext, _form: string, _client: unknown, info: DeviceInfo, userCode: string) =>
        this.#show(ctx, { kind: 'confirm', userCode, client: clientNamed(info.ua), address: info.ip ?? '?' }),
      successSource: (ctx: ProviderContext) => this.#show(ctx, { kind: 'done' }),
    };
  }

  /** The short address that people type; a code that came with it is shown for comparing and not sent on unseen. */
  install(provider: Provider): void {
    provider.use(async (ctx, next) => {
      const isEntry = ctx.path === '/device';
      if (isEntry && ctx.method === 'GET') {
        const { user_code: given, wrong, ...rest } = ctx.query;
        Object.assign(ctx.state, { given, wrong });
        ctx.query = rest;
      }
      if (isEntry && ctx.method === 'POST' && this.#wrong.waitS(addressOf(ctx.req)) > 0) return this.#tooMany(ctx);
      await next();
      if (ctx.path === '/device/auth' && ctx.status === 200) this.#shorten(ctx.body as Record<string, unknown>);
    });
  }

  #input(ctx: ProviderContext, error: ProviderError | undefined): void {
    if (error !== undefined) return this.#sendOn(ctx, error);
    const { given, wrong: why } = ctx.state as { readonly given?: unknown; readonly wrong?: unknown };
    if (why === 'AbortedError') return this.#show(ctx, { kind: 'refused' });
    this.#show(ctx, {
      kind: 'input', given: typeof given === 'string' ? given.slice(0, 20) : undefined, why: typeof why === 'string' ? why : undefined,
    });
  }

  /** Loading the page that says what was wrong must not send the code once more, and have it counted. */
  #sendOn(ctx: ProviderContext, error: ProviderError): void {
    const wrong = error.constructor.name;
    if (wrong === 'NotFoundError') this.#wrong.count(addressOf(ctx.req));
    const given: Record<string, string> = typeof error.userCode === 'string' ? { user_code: error.userCode.slice(0, 20) } : {};
    ctx.status = 303;
    ctx.set({ location: `/oidc/device?${new URLSearchParams({ wrong, ...given })}`, 'cache-control': 'no-store' });
    ctx.body = '';
  }

  #tooMany(ctx: ProviderContext): void {
    const waitS = this.#wrong.waitS(addressOf(ctx.req));
    this.#show(ctx, { kind: 'too-many', waitS });
    ctx.status = 429;
    ctx.set({ 'retry-after': String(waitS) });
  }

  #show(ctx: ProviderContext, view: DeviceView): void {
    const { secret = '' } = (view.kind === 'too-many' ? undefined : ctx.oidc?.session?.state) ?? {};
    const chosen = languageCookie(new URLSearchParams((ctx.req.url ?? '').split('?')[1]), this.origin.startsWith('https:'));
    if (chosen !== undefined) ctx.res.appendHeader('set-cookie', chosen);
    ctx.set(PAGE_HEADERS);
    ctx.body = devicePage(ctx.req, secret, view);
  }

  #shorten(answer: Record<string, unknown>): void {
    const address = `${this.origin}/device`;
    answer['verification_uri'] = address;
    answer['verification_uri_complete'] = `${address}?${new URLSearchParams({ user_code: String(answer['user_code']) })}`;
  }
}
