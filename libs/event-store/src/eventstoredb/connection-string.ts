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
  const given = username === undefined ? user : `${encodeURIComponent(username)}:${encodeURIComponent(password!)}`;
  return `${scheme}://${given === undefined ? '' : `${given}@`}${hosts}${query === '' ? '' : `?${query}`}`;
}

const SHAPE =
  /^(?<scheme>esdb|esdb\+discover):\/\/(?:(?<user>[^@/?]*)@)?(?<hosts>[\w.-]+(?::\d{1,5})?(?:,[\w.-]+(?::\d{1,5})?)*)\/?(?:\?(?<query>.*))?$/;

const WHOLE = /^-?\d+$/;
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
  keepAliveInterval: WHOLE,
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
