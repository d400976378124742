/**
 * The client's own reading of a connection string prints the whole of it, password and all, where it does not like a
 * part. So it is read here first, and what the client would complain of never reaches it.
 */
import type { EventStoreDbOptions } from './settings.js';

/** The user and the password belong into it: given with a call, they make the client take a way that keeps no order. */
export function connectionString({ url, username, password }: EventStoreDbOptions): string {
  const parts = SHAPE.exec(url.trim());
  if (!parts?.groups) throw new TypeError('not a connection string: esdb://HOST:PORT[,HOST:PORT…][?key=value&…]');
  const { scheme, user, hosts, query = '' } = parts.groups;
  if ((username === undefined) !== (password === undefined)) throw new TypeError('a user needs a password, and a password a user');
  if (user !== undefined && username !== undefined) throw new TypeError('the user stands in the connection string and beside it');
  if (user !== undefined && !/^[^:]+:.+$/.test(user)) throw new TypeError('a user needs a password: esdb://USER:PASSWORD@HOST:PORT');
  for (const option of query === '' ? [] : query.split('&')) checkOption(option);
  // As long as the client waits by itself, one dead node would hold everything up for longer than an append may take.
  const isCluster = scheme === 'esdb+discover' || hosts!.includes(',');
  const options = isCluster && !/gossip[_-]?timeout=/i.test(query) ? [query, 'gossipTimeout=1'] : [query];
  const given = username === undefined ? user : `${encodeURIComponent(username)}:${encodeURIComponent(password!)}`;
  return `${scheme}://${given === undefined ? '' : `${given}@`}${hosts}${toQuery(options)}`;
}

/**
 * gRPC gives all channels with the same options one socket, and a client made anew to be rid of a dead one would be
 * given that. Patient by another millisecond each, no two are the same.
 */
export function withOwnSocket(connection: string): string {
  opened += 1;
  const patience = /[?&]keepalive_?-?timeout=(\d+)/i.exec(connection);
  const ms = Number(patience?.[1] ?? 10_000) + opened;
  const rest = patience ? connection.replace(patience[0], patience[0].startsWith('?') ? '?' : '') : connection;
  const [before, after = ''] = rest.split('?', 2);
  return `${before}${toQuery([after, `keepAliveTimeout=${ms}`])}`;
}

function toQuery(options: readonly string[]): string {
  const given = options.flatMap((option) => option.split('&')).filter((option) => option !== '');
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

let opened = 0;

const SHAPE =
  /^(?<scheme>esdb|esdb\+discover):\/\/(?:(?<user>[^@/?]*)@)?(?<hosts>[\w.-]+(?::\d{1,5})?(?:,[\w.-]+(?::\d{1,5})?)*)\/?(?:\?(?<query>.*))?$/;

const WHOLE = /^\d+$/;
const WHOLE_OR_NEVER = /^(\d+|-1)$/;
const YES_OR_NO = /^(true|false)$/;
const ANYTHING = /^[^&?]+$/;

const OPTIONS: Readonly<Record<string, RegExp>> = {
  tls: YES_OR_NO,
  tlsCAFile: ANYTHING,
  userCertFile: ANYTHING,
  userKeyFile: ANYTHING,
  connectionName: ANYTHING,
  nodePreference: /^(leader|follower|read[_-]?only[_-]?replica|random)$/i,
  maxDiscoverAttempts: WHOLE,
  discoveryInterval: WHOLE,
  gossipTimeout: WHOLE,
  keepAliveInterval: WHOLE_OR_NEVER,
  keepAliveTimeout: WHOLE,
};

/** Options of the client that would do nothing, or not what they say. */
const USELESS: Readonly<Record<string, string>> = {
  tlsverifycert: 'the client always verifies; give tlsCAFile',
  defaultdeadline: 'it does not bind; the store keeps time itself',
  throwonappendfailure: 'it does not do what it says',
};

function checkOption(option: string): void {
  const [key = '', value = ''] = option.split('=');
  // The client forgives capitals and dashes in a name.
  const flat = key.toLowerCase().replaceAll(/[_-]/g, '');
  const known = Object.keys(OPTIONS).find((name) => name.toLowerCase() === flat);
  if (flat in USELESS) throw new TypeError(`${key} in a connection string: ${USELESS[flat]}`);
  if (known === undefined) throw new TypeError(`${key} in a connection string: not among ${Object.keys(OPTIONS).join(', ')}`);
  if (!OPTIONS[known]!.test(value.trim()))
    throw new TypeError(`${key} in a connection string: not a value it can have`);
}
