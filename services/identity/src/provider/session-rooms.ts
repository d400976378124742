import type { Provider, ProviderContext } from 'oidc-provider';

/** Whether the session that the request shows may answer it without a question. */
export type OpensWithoutQuestion = (ctx: ProviderContext) => Promise<boolean>;

/**
 * The provider has one session cookie. Here it stands for AMP alone: a sign-in that asks its questions neither meets
 * what another left in the browser nor leaves anything there itself, unless it is one at AMP. The pages of the code
 * from another device have a session apart, so that entering a code signs nobody out or in.
 */
export function keepSessionsApart(provider: Provider, opens: OpensWithoutQuestion, leavesSession: (ctx: ProviderContext) => boolean): void {
  provider.use(async (ctx, next) => {
    if (ctx.path === '/device' || ctx.path.startsWith('/device/')) return inDeviceRoom(ctx, next);
    const isOpened = ctx.path === '/auth' && !asksAgain(ctx) && (await opens(ctx));
    if (!isOpened) setCookies(ctx, withoutSession(cookiesOf(ctx)));
    await next();
    if (!isOpened && !leavesSession(ctx)) keepOnly(ctx, (line) => !isSession(line));
  });
}

async function inDeviceRoom(ctx: ProviderContext, next: () => Promise<void>): Promise<void> {
  // Each begins with nothing: whoever entered a code before is not known by it.
  const isFirst = ctx.method === 'GET' && ctx.path === '/device';
  const own = cookiesOf(ctx).filter((pair) => !isFirst || !isRoom(pair)).filter((pair) => !isSession(pair));
  setCookies(ctx, own.map((pair) => (isRoom(pair) ? pair.replace(ROOM, SESSION) : pair)));
  await next();
  const isOver = ctx.path !== '/device';
  keepOnly(ctx, (line) => !isOver || !isSession(line));
  ctx.res.setHeader('set-cookie', written(ctx).map((line) => (isSession(line) ? line.replace(SESSION, ROOM) : line)));
}

const SESSION = '_session';
const ROOM = 'portal_device_entry';
const isSession = (text: string): boolean => /^_session(\.legacy)?(\.sig)?=/.test(text);
const isRoom = (text: string): boolean => new RegExp(`^${ROOM}(\\.sig)?=`).test(text);

const withoutSession = (pairs: readonly string[]): readonly string[] => pairs.filter((pair) => !isSession(pair));

/** `login` and `consent` both ask: whoever wants to be asked is. What only some sessions would do for does so as well. */
const asksAgain = ({ query }: ProviderContext): boolean =>
  String(query['prompt'] ?? '').split(' ').some((word) => word === 'login' || word === 'consent') ||
  ['max_age', 'id_token_hint', 'claims', 'acr_values'].some((name) => query[name] !== undefined);

const cookiesOf = ({ req }: ProviderContext): readonly string[] => (req.headers.cookie ?? '').split(/; */).filter((pair) => pair !== '');

function setCookies({ req }: ProviderContext, pairs: readonly string[]): void {
  req.headers.cookie = pairs.join('; ');
}

function written({ res }: ProviderContext): readonly string[] {
  const lines = res.getHeader('set-cookie');
  return lines === undefined ? [] : [lines].flat().map(String);
}

function keepOnly(ctx: ProviderContext, keeps: (line: string) => boolean): void {
  const kept = written(ctx).filter(keeps);
  if (kept.length === 0) ctx.res.removeHeader('set-cookie');
  else ctx.res.setHeader('set-cookie', kept);
}
