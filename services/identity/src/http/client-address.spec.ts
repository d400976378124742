import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { addressOf, noteAddress, trustedProxies } from './client-address.js';

function from(remoteAddress: string, forwarded: string | undefined, proxies: readonly string[]): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const request = { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
  noteAddress(request, trustedProxies(proxies)!);
  return addressOf(request);
}

describe('from where a request came', () => {
  it.each([
    ['nobody is trusted', '203.0.113.7', '198.51.100.1', [], '203.0.113.7'],
    ['a stranger says something', '203.0.113.7', '198.51.100.1', ['10.0.0.0/8'], '203.0.113.7'],
    ['the proxy says it', '10.0.0.2', '198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
    ['the proxy adds to what a stranger wrote', '10.0.0.2', '1.2.3.4, 198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
    ['two proxies', '10.0.0.2', '1.2.3.4, 198.51.100.1, 10.0.0.9', ['10.0.0.0/8'], '198.51.100.1'],
    ['the proxy says nothing', '10.0.0.2', undefined, ['10.0.0.2'], '10.0.0.2'],
    ['what it says is no address', '10.0.0.2', '198.51.100.1, unknown', ['10.0.0.2'], '10.0.0.2'],
    ['only proxies', '10.0.0.2', '10.0.0.3', ['10.0.0.0/8'], '10.0.0.3'],
    ['over IPv6', '::1', '2001:db8::5', ['::1'], '2001:db8::5'],
    ['IPv4 in IPv6', '::ffff:10.0.0.2', '::ffff:198.51.100.1', ['10.0.0.2'], '198.51.100.1'],
  ] as const)('%s', (_, remote, forwarded, proxies, expected) => {
    expect(from(remote, forwarded, proxies)).toBe(expected);
  });

  it.each(['proxy', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', '::/129', ''])('"%s" is no proxy', (entry) => {
    expect(trustedProxies([entry])).toBeUndefined();
  });
});
