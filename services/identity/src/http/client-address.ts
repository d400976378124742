import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Proxies of one's own, by address or network (`10.0.0.0/8`): what they say of where a request came from is believed. */
export type TrustedProxies = BlockList;

/** Undefined where one of them is no address. */
export function trustedProxies(list: readonly string[]): TrustedProxies | undefined {
  const proxies = new BlockList();
  for (const entry of list) {
    const [address = '', bits, ...more] = entry.split('/');
    const family = familyOf(address);
    const longest = family === 'ipv6' ? 128 : 32;
    if (family === undefined || more.length > 0) return undefined;
    if (bits === undefined) proxies.addAddress(address, family);
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= longest) proxies.addSubnet(address, Number(bits), family);
    else return undefined;
  }
  return proxies;
}

const told = new WeakMap<IncomingMessage, string>();

/** Once for each request, before anything asks from where it came. */
export function noteAddress(request: IncomingMessage, proxies: TrustedProxies): void {
  told.set(request, sourceOf(request, proxies));
}

/** From where a request came. */
export function addressOf(request: IncomingMessage): string {
  return told.get(request) ?? bare(request.socket.remoteAddress ?? 'unknown');
}

/**
 * From the near end of `X-Forwarded-For` as far as proxies of one's own go: what stands further off anybody may have
 * written. What is no address ends it.
 */
function sourceOf({ socket, headers }: IncomingMessage, proxies: TrustedProxies): string {
  const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map((hop) => bare(hop.trim()));
  let address = bare(socket.remoteAddress ?? 'unknown');
  while (isTrusted(address, proxies)) {
    const next = hops.pop();
    if (next === undefined || isIP(next) === 0) break;
    address = next;
  }
  return address;
}

function isTrusted(address: string, proxies: TrustedProxies): boolean {
  const family = familyOf(address);
  return family !== undefined && proxies.check(address, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}

/** IPv4 on a socket that takes both. */
const bare = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
