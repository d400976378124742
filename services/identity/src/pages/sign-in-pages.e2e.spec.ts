import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'puppeteer-core';
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT } from '@portal/contract';
import * as openid from 'openid-client';
import { accessibilityProblems } from '../testing/accessible.js';
import { expectWell } from '../testing/looked-at.js';
import { openBrowser, openTab, type Tab } from '../testing/browser.js';
import { atSecondStep, lastSms, newPerson, pairDevice, setUpSms, setUpTotp, type Enrolled, type TestDevice } from '../testing/factors.js';
import { PASSWORD, runIdentity, USERNAME, type RunningIdentity } from '../testing/running-identity.js';
import { discover, post } from '../testing/terminal.js';

let identity: RunningIdentity;
let browser: Browser;
let person: Enrolled;
let device: TestDevice;
let recovery: string[];
beforeAll(async () => {
  [identity, browser] = await Promise.all([runIdentity(), openBrowser()]);
  person = await newPerson(identity);
  device = await pairDevice(identity, person, () => new Date());
  const proven = { ...person, call: await callProvenByNumber() };
  ({ recovery } = await setUpTotp(proven, new Date()));
  await setUpSms(proven, identity);
});
afterAll(async () => {
  await browser.close();
  await identity.stop();
});

/** Where a factor is set up already, adding one wants a sign-in with it. */
async function callProvenByNumber(): Promise<Enrolled['call']> {
  const flow = await atSecondStep(identity, person.username);
  const request = await openRequest();
  await device.call('approve', { request, number: flow.first.body['number'] });
  await flow.step('approve', {});
  const { body } = await flow.step('stay', { stay: false });
  const { access_token: token } = await flow.exchange(await flow.resume(String(body['resume'])));
  return (path, content = {}) => post(`${identity.url}/${path}`, content, { authorization: `Bearer ${token}` });
}

async function openRequest(): Promise<string | undefined> {
  return ((await device.call('requests')).body['requests'] as { request: string }[])[0]?.request;
}

const VERIFIER = openid.randomPKCECodeVerifier();

/** As a program on the same machine opens it: it listens on a port of its own. */
async function begin(language?: string, more: Record<string, string> = {}): Promise<Tab> {
  const tab = await openTab(browser, language);
  await tab.page.goto((await addressOf(more)).href);
  return tab;
}

async function addressOf(more: Record<string, string> = {}): Promise<URL> {
  return openid.buildAuthorizationUrl(await discover(identity.url), {
    redirect_uri: 'http://127.0.0.1:9/signed-in', scope: SIGN_IN_SCOPE, resource: API_RESOURCE, prompt: 'consent', client_id: TERMINAL_CLIENT,
    code_challenge: await openid.calculatePKCECodeChallenge(VERIFIER), code_challenge_method: 'S256', ...more,
  });
}

async function pastPassword(tab: Tab, username: string): Promise<void> {
  await tab.type('username', username);
  await tab.submit();
  await tab.type('password', PASSWORD);
  await tab.submit();
}

describe('signing in in a browser, without script', () => {
  it('walks through every page, and the code comes to the program that asked', async () => {
    const tab = await begin();
    await expectWell(tab, 'username-en');
    await tab.press('Can’t access');
    await expectWell(tab, 'cannot-access-en');
    await tab.press('Back');
    await tab.press('Next');
    expect(await tab.text()).toContain('Enter your email address or phone number first.');
    await expectWell(tab, 'username-missing-en');
    await tab.type('username', '<b>nobody"</b>');
    await tab.press('Next');
    expect(await tab.text()).toContain('<b>nobody"</b>');
    await tab.press('Back');
    await tab.type('username', person.username);
    await tab.press('Next');
    await expectWell(tab, 'password-en');
    await tab.type('password', 'not this one');
    await tab.press('Sign in');
    expect(await tab.text()).toContain('The name or the password is not right.');
    await expectWell(tab, 'password-wrong-en');
    await tab.press('Forgotten my password');
    expect(await tab.heading()).toBe('Forgotten my password');
    await tab.press('Back');
    await tab.type('password', PASSWORD);
    await tab.press('Sign in');
    expect(await tab.heading()).toBe('Approve sign-in request');
    await expectWell(tab, 'approve-en');
    await tab.press('Do not reload');
    expect(await tab.page.$('meta[http-equiv=refresh]')).toBeNull();
    await tab.press('I can’t use my Authenticator app');
    await expectWell(tab, 'factors-en');
    await tab.press('Send a code by SMS');
    await expectWell(tab, 'sms-en');
    await tab.type('code', '12');
    await tab.press('Verify');
    expect(await tab.text()).toContain('The code has six digits.');
    // Where a form was sent to, gone to again: the page that is open.
    await tab.page.goto(tab.page.url().replace(/\?.*/, ''));
    expect(await tab.heading()).toBe('Enter code');
    await tab.type('code', '000000');
    await tab.press('Verify');
    await expectWell(tab, 'sms-wrong-en');
    await tab.type('code', lastSms(identity));
    await tab.press('Verify');
    await expectWell(tab, 'stay-en');
    const [asked] = await Promise.all([
      tab.page.waitForRequest((request) => request.url().startsWith('http://127.0.0.1:9/')), tab.press('Yes').catch(() => undefined),
    ]);
    const callback = new URL(asked.url());
    const config = await discover(identity.url);
    const tokens = await openid.authorizationCodeGrant(config, callback, { pkceCodeVerifier: VERIFIER }, { resource: API_RESOURCE });
    expect(tokens.claims()?.['amr']).toEqual(['pwd', 'sms']);
    const [signedIn] = (await identity.log()).filter(({ type, data }) => type === 'SignedIn' && (data as { account?: string }).account === person.account).slice(-1);
    expect(signedIn?.data).toMatchObject({ kept: true, device: expect.stringMatching(/^Chrome\/\d+$/) });
    // A code is good once, and the second use takes away what the first brought.
    await expect(openid.authorizationCodeGrant(config, callback, { pkceCodeVerifier: VERIFIER })).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(openid.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('shows a number that the paired device grants, and goes on by itself; a denied one says so', async () => {
    const tab = await begin('cy, en;q=0.5');
    await pastPassword(tab, person.username);
    expect(await tab.heading()).toBe('Cymeradwyo’r cais i fewngofnodi');
    await expectWell(tab, 'approve-cy');
    await device.call('deny', { request: await openRequest() });
    await tab.press('Parhau');
    expect(await tab.text()).toContain('Mae problem');
    await expectWell(tab, 'approve-denied-cy');
    await tab.press('Dangos rhif newydd');
    const number = await tab.page.$eval('.number', (element) => element.textContent ?? '');
    await device.call('approve', { request: await openRequest(), number });
    await tab.page.waitForSelector('button[name=stay]');
    expect(await tab.heading()).toBe('Parhau i fod wedi’ch mewngofnodi?');
    await expectWell(tab, 'stay-cy');
  });

  it('speaks the language that the program asks for, and the one that is chosen wins', async () => {
    const tab = await begin('en-GB', { ui_locales: 'cy en' });
    expect(await tab.page.$eval('html', (element) => element.lang)).toBe('cy');
    await expectWell(tab, 'username-cy');
    await tab.press('English');
    await tab.type('username', USERNAME);
    await tab.press('Next');
    expect(await tab.heading()).toBe('Enter password');
    await tab.press('Cymraeg');
    expect(await tab.heading()).toBe('Rhowch eich cyfrinair');
    await expectWell(tab, 'password-cy');
    await tab.type('password', PASSWORD);
    await tab.press('Mewngofnodi');
    await tab.press('Nac ydw').catch(() => undefined);
  });

  it('a recovery code and a code of an app are taken, each once', async () => {
    const tab = await begin();
    await pastPassword(tab, person.username);
    await tab.press('I can’t use');
    await tab.press('Use a recovery code');
    await expectWell(tab, 'recovery-en');
    await tab.type('code', recovery[0] ?? '');
    await tab.press('Verify');
    expect(await tab.heading()).toBe('Stay signed in?');
  });

  it('a sign-in that is not of this browser, an address that is nothing, and a finished one have pages of their own', async () => {
    const tab = await openTab(browser);
    for (const [name, path, heading] of [
      ['ended-en', '/sign-in/abc', 'This sign-in has ended'],
      ['not-here-en', '/sign-in/a/b/c/d', 'There is nothing at this address'],
      ['home-en', '/', 'WJEC Portal'],
      ['nothing-en', '/marks/9521', 'There is nothing at this address'],
      ['not-a-page-en', '/factors/list', 'There is nothing at this address'],
      ['provider-ended-en', '/oidc/auth/abc', 'This sign-in has ended'],
    ] as const) {
      await tab.page.goto(identity.url + path);
      expect(await tab.heading()).toBe(heading);
      await expectWell(tab, name);
    }
  });
});

describe('the checks themselves', () => {
  it('see what they are there to see', async () => {
    const tab = await openTab(browser);
    const bad = '<html><body style="color:#999"><h1>a</h1><h1>b</h1><input name="x"><p>pale</p><button></button><div style="width:400px">w</div></body></html>';
    await tab.page.goto(`data:text/html,${encodeURIComponent(bad)}`);
    const found = (await accessibilityProblems(tab.page)).join('\n');
    for (const words of ['2 h1', 'no label', 'no lang', 'no words', ':1 at P', 'wide at 320']) expect(found).toContain(words);
    await tab.page.goto(`${identity.url}/sign-in/abc`);
    await tab.page.$eval('body', (body) => void body.insertAdjacentHTML('beforeend', '<img alt="" src="http://127.0.0.1:9/x.png">'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(tab.complaints.join()).toContain('Content Security Policy');
  });
});
