/** Untrusted, and part of an event for ever: a product and its version, nothing longer. */
export function clientNamed(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 500);
  const [product = 'unknown'] = /^[A-Za-z][\w.-]{0,40}\/[\w.+-]{1,40}/.exec(text) ?? [];
  return product.startsWith('Mozilla/') ? browserIn(text) : product;
}

/** Every browser calls itself by the names of others too: the first that fits is its own. */
const BROWSERS = [['Edge', /\bEdg\/(\d+)/], ['Firefox', /\bFirefox\/(\d+)/], ['Chrome', /Chrome\/(\d+)/], ['Safari', /\bVersion\/(\d+)/]] as const;

function browserIn(text: string): string {
  for (const [name, pattern] of BROWSERS) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) return `${name}/${version.slice(0, 6)}`;
  }
  return 'browser/unknown';
}
