/** The provider's cookies during one sign-in. Kept in memory, sent to the one server only, by path. */
export interface CookieJar {
  readonly take: (response: Response, url: URL) => void;
  readonly header: (url: URL) => string;
  readonly find: (name: string) => Cookie | undefined;
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export function createCookieJar(...kept: readonly (Cookie | undefined)[]): CookieJar {
  const cookies = new Map<string, Cookie>();
  for (const one of kept) if (one !== undefined) cookies.set(`${one.path} ${one.name}`, one);
  return {
    take: (response, url) => {
      for (const line of response.headers.getSetCookie()) {
        const { cookie, expired } = readCookie(line, url);
        const key = `${cookie.path} ${cookie.name}`;
        if (expired) cookies.delete(key);
        else cookies.set(key, cookie);
      }
    },
    header: url =>
      [...cookies.values()]
        .filter(cookie => covers(cookie.path, url.pathname))
        .map(cookie => `${cookie.name}=${cookie.value}`)
        .join('; '),
    find: name => [...cookies.values()].find(cookie => cookie.name === name),
  };
}

function readCookie(line: string, url: URL): { cookie: Cookie; expired: boolean } {
  const [pair = '', ...attributes] = line.split(';').map(part => part.trim());
  const attribute = (name: string) =>
    attributes.find(part => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const equals = pair.indexOf('=');
  const expires = attribute('expires');
  const cookie = {
    name: pair.slice(0, equals),
    value: pair.slice(equals + 1),
    path: attribute('path') ?? url.pathname.slice(0, Math.max(1, url.pathname.lastIndexOf('/'))),
  };
  const isPast = expires !== undefined && Date.parse(expires) < Date.now();
  return { cookie, expired: isPast || (attribute('max-age') !== undefined && Number(attribute('max-age')) <= 0) };
}

function covers(path: string, asked: string): boolean {
  return asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`);
}
