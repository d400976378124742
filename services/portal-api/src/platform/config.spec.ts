import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

describe('the settings', () => {
  it('all have defaults', () => {
    expect(readConfig({})).toMatchObject({ port: 0, demo: false, demoFactors: true, provider: undefined, idleMinutes: 30, linger: false });
  });

  it.each([
    ['PORTAL_PORT', 'many'],
    ['PORTAL_PORT', '65536'],
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
    ['PORTAL_ROLES', 'api,king'],
    ['PORTAL_ROLES', 'projector,worker'],
  ])('%s=%s is refused by its name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name}: `));
  });
});
