import { expect, it } from '@jest/globals';
import { connectionString, withOwnSocket } from './connection-string.js';

it.each([
  ['esdb://127.0.0.1:2113?tls=false', 'esdb://127.0.0.1:2113?tls=false'],
  [' esdb://store.example/ ', 'esdb://store.example'],
  ['esdb://reader:p%40ss@a:1,b:2?tlsCAFile=%2Fca.pem', 'esdb://reader:p%40ss@a:1,b:2?tlsCAFile=%2Fca.pem&gossipTimeout=1'],
  ['esdb+discover://cluster.example?nodePreference=leader', 'esdb+discover://cluster.example?nodePreference=leader&gossipTimeout=1'],
  ['esdb://a,b?gossipTimeout=4', 'esdb://a,b?gossipTimeout=4'],
])('passes on %s', (url, connection) => {
  expect(connectionString({ url })).toBe(connection);
});

it('puts a user and a password into it, whatever stands in them', () => {
  const options = { url: 'esdb://a:1?tls=true', username: 'portal@board', password: 'a/b:c?d' };
  expect(connectionString(options)).toBe('esdb://portal%40board:a%2Fb%3Ac%3Fd@a:1?tls=true');
});

it.each([
  [{ url: 'http://a:1' }],
  [{ url: 'esdb://' }],
  [{ url: 'esdb://top-secret@a:1' }],
  [{ url: 'esdb://user:top-secret@a:1?tls=maybe' }],
  [{ url: 'esdb://user:top-secret@a:1?unheard=1' }],
  [{ url: 'esdb://user:top-secret@a:1?tlsVerifyCert=false' }],
  [{ url: 'esdb://user:top-secret@a:1?throwOnAppendFailure=false' }],
  [{ url: 'esdb://a:1?keepAliveTimeout=-1' }],
  [{ url: 'esdb://user:top-secret@a:1', username: 'u', password: 'top-secret' }],
  [{ url: 'esdb://a:1', username: 'u' }],
])('refuses %o, and says no password', (options) => {
  expect(() => connectionString(options)).toThrow(TypeError);
  expect(() => connectionString(options)).not.toThrow(/top-secret/);
});

it('gives every client a socket of its own, and keeps the patience that was asked for', () => {
  const timeouts = [withOwnSocket('esdb://a:1'), withOwnSocket('esdb://a:1?tls=false'), withOwnSocket('esdb://a:1?keepAliveTimeout=20000&tls=false')].map(
    (connection) => Number(/keepAliveTimeout=(\d+)/.exec(connection)?.[1]),
  );
  expect(new Set(timeouts.map((ms) => ms % 10_000)).size).toBe(3);
  expect(timeouts.map((ms) => Math.floor(ms / 10_000))).toEqual([1, 1, 2]);
  expect(withOwnSocket('esdb://a:1?keepAliveTimeout=20000&tls=false')).toMatch(/^esdb:\/\/a:1\?tls=false&keepAliveTimeout=\d+$/);
});
