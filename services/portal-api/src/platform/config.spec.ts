import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

describe('the settings', () => {
  it('all have defaults', () => {
    expect(readConfig({})).toMatchObject({ port: 0, demo: false, demoFactors: true, provider: undefined, idleMinutes: 30, linger: false });
  });

  it.each([
    ['PORTAL_PORT', 'many'],
    ['PORTAL_PORT', '65536'],
    ['PORTAL_PORT', ''],
    ['PORTAL_PORT', '0x50'],
    ['PORTAL_PORT', '8e3'],
    ['PORTAL_PORT', ' 80'],
    ['PORTAL_DATA', ''],
    ['PORTAL_DEMO', 'maybe'],
    ['PORTAL_DEMO_FACTORS', 'maybe'],
    ['PORTAL_LINGER', 'yes'],
    ['PORTAL_SMTP_URL', 'http://127.0.0.1'],
    ['PORTAL_TRUST_PROXY', 'proxy'],
    ['PORTAL_ISSUER', 'elsewhere'],
    ['PORTAL_ISSUER', 'http://login.example.org/'],
    ['PORTAL_USERNAME_CLAIM', 'preferred_username'],
    ['PORTAL_LOG_LEVEL', 'loud'],
    ['PORTAL_IDLE_MINUTES', '0'],
    ['PORTAL_IDLE_MINUTES', '0x1e'],
    ['PORTAL_ROLES', 'api,king'],
    ['PORTAL_ROLES', 'projector,worker'],
    ['PORTAL_HOST', 'everywhere'],
    ['PORTAL_URL', 'https://portal.example.org/marks'],
    ['PORTAL_IDENTITY_URL', 'identity:80'],
    ['PORTAL_FIRST_ADMIN', 'admin'],
    ['EVENTSTORE_URL', 'http://127.0.0.1:2113'],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_URL', 'redis:'],
    ['REDIS_URL', 'redis://127.0.0.1:6379/marks'],
    ['REDIS_URL_FILE', '/nowhere/redis-url'],
    ['PORTAL_FILES', ''],
    ['PORTAL_FILES_S3', 'https://s3.example.org/documents'],
    ['PORTAL_FILES_S3_KEY', 'portal'],
    ['PORTAL_DOCUMENTS_AT_ONCE', '0'],
    ['PORTAL_DOCUMENTS_AT_ONCE', '0b11'],
  ])('%s=%s is refused by its name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name}: `));
  });

  const EVENTSTORE_URL = 'esdb://127.0.0.1:2113?tls=false';
  const REDIS_URL = 'redis://127.0.0.1:6379';

  it('let several processes share the work where all of them reach the engines', () => {
    expect(readConfig({ PORTAL_ROLES: 'api', EVENTSTORE_URL, REDIS_URL })).toMatchObject({ roles: new Set(['api']), eventStore: EVENTSTORE_URL });
    expect(() => readConfig({ PORTAL_ROLES: 'api', EVENTSTORE_URL })).toThrow(/REDIS_URL/);
    const cluster = 'esdb://user:word@one.example.org:2113,two.example.org:2113?tls=true';
    expect(readConfig({ EVENTSTORE_URL: cluster })).toMatchObject({ eventStore: cluster });
    expect(() => readConfig({ PORTAL_ROLES: 'api', REDIS_URL })).toThrow(/embedded/);
  });

  it('keep documents in a folder, or in a bucket with its key', () => {
    const secrets = { PORTAL_FILES_S3_KEY: 'portal', PORTAL_FILES_S3_SECRET: 'secret' };
    expect(readConfig({ PORTAL_DATA: '/d' }).files).toEqual({ folder: '/d/files' });
    expect(readConfig({ PORTAL_FILES_S3: 'https://s3.example.org/documents', ...secrets }).files).toMatchObject({ endpoint: 'https://s3.example.org', bucket: 'documents' });
    expect(() => readConfig({ PORTAL_FILES_S3: 'https://s3.example.org/', ...secrets })).toThrow(/^PORTAL_FILES_S3: /);
    expect(() => readConfig({ PORTAL_FILES: '/f', PORTAL_FILES_S3: 'https://s3.example.org/documents', ...secrets })).toThrow(/^PORTAL_FILES: /);
  });

  it('give the codes of a sign-in to a gateway only where nobody can read along', () => {
    const read = (url: string) => readConfig({ PORTAL_SMS_URL: url, PORTAL_SMS_TOKEN: 'token' }).sms;
    for (const url of ['https://sms.example.org/send', 'http://127.0.0.1:8025/']) expect(read(url)).toEqual({ url, token: 'token' });
    for (const url of ['http://sms.example.org/send', 'file:///etc/passwd', 'ftp://127.0.0.1/', 'sms']) expect(() => read(url)).toThrow(/^PORTAL_SMS_URL: /);
  });

  it('are numbers as they are written', () => {
    expect(readConfig({ PORTAL_PORT: '8080', PORTAL_DOCUMENTS_AT_ONCE: '64', PORTAL_IDLE_MINUTES: '720' })).toMatchObject({ port: 8080, documentsAtOnce: 64, idleMinutes: 720 });
  });

  it('take a secret from a file, and not from both', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'portal-settings-')), 'redis-url');
    writeFileSync(file, `${REDIS_URL}\n`);
    expect(readConfig({ REDIS_URL_FILE: file })).toMatchObject({ redis: REDIS_URL });
    expect(() => readConfig({ REDIS_URL_FILE: file, REDIS_URL })).toThrow(/^REDIS_URL_FILE: /);
  });
});
