import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_RESOURCE, SIGN_IN_SCOPE } from '@portal/contract';
import * as openid from 'openid-client';
import type { Browser } from 'puppeteer-core';
import { openBrowser, openTab, type Tab } from '../testing/browser.js';
import { expectWell } from '../testing/looked-at.js';
import { PASSWORD, runIdentity, USERNAME, type RunningIdentity } from '../testing/running-identity.js';
import { discover } from '../testing/terminal.js';

let identity: RunningIdentity;
let browser: Browser;
let config: openid.Configuration;
beforeAll(async () => {
  [identity, browser] = await Promise.all([runIdentity(), openBrowser()]);
  config = await discover(identity.url);
  config[openid.customFetch] = (url, options) =>
    fetch(url, { ...(options as RequestInit), headers: { ...(options.headers as object), 'user-agent': 'portal-terminal/0.1.0' } });
});
afterAll(async () => {
  await browser.close();
  await identity.stop();
});

const ask = () => openid.initiateDeviceAuthorization(config, { scope: SIGN_IN_SCOPE, resource: API_RESOURCE });

/** Once: the program itself asks again and again. */
const poll = (code: string) =>
  openid.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:device_code', { device_code: code, resource: API_RESOURCE });

async function signIn(tab: Tab): Promise<void> {
  await tab.type('username', USERNAME);
  await tab.submit();
  expect(await tab.text()).toContain('portal-terminal/0.1.0');
  await tab.type('password', PASSWORD);
  await tab.submit();
  await tab.press('No').catch(() => undefined);
}

describe('a code from another device', () => {
  it('is compared, confirmed and signed in with; the program there is what the log names', async () => {
    const asked = await ask();
    expect(asked).toMatchObject({
      user_code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/), expires_in: 600, verification_uri: `${identity.url}/device`,
    });
    await expect(poll(asked.device_code)).rejects.toMatchObject({ error: 'authorization_pending' });
    const tab = await openTab(browser);
    await tab.page.goto(asked.verification_uri);
    await expectWell(tab, 'device-en');
    await tab.type('user_code', 'BBBB-BBBB');
    await tab.press('Next');
    expect(await tab.text()).toContain('There is no such code');
    await expectWell(tab, 'device-unknown-en');
    await tab.press('Cymraeg');
    expect(await tab.page.$eval('#user_code', (field) => (field as HTMLInputElement).value)).toMatch(/BBBB/);
    await tab.press('English');
    await tab.type('user_code', asked.user_code.toLowerCase().replace('-', ' '));
    await tab.press('Next');
    expect(await tab.text()).toContain('portal-terminal/0.1.0');
    expect(await tab.text()).toContain(asked.user_code);
    await expectWell(tab, 'device-confirm-en');
    await tab.press('Cymraeg');
    expect(await tab.heading()).toBe('Ai eich dyfais chi yw hon?');
    expect(await tab.text()).toContain(asked.user_code);
    await expectWell(tab, 'device-confirm-cy');
    await tab.press('English');
    expect(await tab.heading()).toBe('Is this your device?');
    await tab.press('Continue');
    await expectWell(tab, 'device-username-en');
    await signIn(tab);
    await tab.page.waitForFunction(() => document.title.startsWith('The other device is signed in'));
    await expectWell(tab, 'device-done-en');
    const tokens = await poll(asked.device_code);
    expect(tokens.claims()).toMatchObject({ sub: identity.account, amr: ['pwd'] });
    expect(tokens.refresh_token).toBeDefined();
    const signedIn = (await identity.log()).filter(({ type }) => type === 'SignedIn').at(-1);
    expect(signedIn?.data).toMatchObject({ device: 'portal-terminal/0.1.0', amr: ['pwd'] });
    await tab.page.goto(asked.verification_uri_complete ?? '');
    await tab.press('Next');
    expect(await tab.text()).toContain('used before');
    await expect(poll(asked.device_code)).rejects.toMatchObject({ error: 'invalid_grant' });
    // Whoever used the browser is not known by it to the next code.
    const next = await ask();
    await tab.type('user_code', next.user_code);
    await tab.press('Next');
    await tab.press('Continue');
    expect(await tab.heading()).toBe('Sign in');
  });

  it('that is not mine is refused, and the program is told', async () => {
    const asked = await ask();
    const tab = await openTab(browser, 'cy');
    await tab.page.goto(asked.verification_uri_complete ?? '');
    expect(await tab.page.$eval('[name=user_code]', (field) => (field as HTMLInputElement).value)).toBe(asked.user_code);
    await expectWell(tab, 'device-cy');
    await tab.submit();
    await tab.press('Canslo');
    await expectWell(tab, 'device-refused-cy');
    await expect(poll(asked.device_code)).rejects.toMatchObject({ error: 'access_denied' });
  });

  it('is not guessed: after twenty that are none the address waits', async () => {
    const tab = await openTab(browser);
    await tab.page.goto(`${identity.url}/device`);
    for (let tries = 0; tries < 20 && (await tab.heading()) !== ''; tries += 1) {
      await tab.page.$eval('[name=user_code]', (field) => void ((field as HTMLInputElement).value = 'CCCC-CCCC'));
      await tab.submit();
      if ((await tab.text()).includes('Too many tries')) break;
    }
    expect(await tab.text()).toContain('Too many tries');
    await expectWell(tab, 'device-too-many-en');
  });
});
