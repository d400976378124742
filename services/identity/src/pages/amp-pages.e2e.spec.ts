import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'puppeteer-core';
import { authorize, type Jar } from '../testing/amp.js';
import { openBrowser, openTab, type Tab } from '../testing/browser.js';
import { lastSms, newPerson, type Enrolled } from '../testing/factors.js';
import { expectWell } from '../testing/looked-at.js';
import { PASSWORD, runIdentity, type RunningIdentity } from '../testing/running-identity.js';

let identity: RunningIdentity;
let browser: Browser;
let person: Enrolled;
let lateMs = 0;
beforeAll(async () => {
  [identity, browser] = await Promise.all([runIdentity({ clock: () => new Date(Date.now() + lateMs) }), openBrowser()]);
  person = await newPerson(identity);
});
afterAll(async () => {
  await browser.close();
  await identity.stop();
});

async function signIn(tab: Tab): Promise<void> {
  await tab.type('username', person.username);
  await tab.submit();
  await tab.type('password', PASSWORD);
  await tab.submit();
}

async function stay(tab: Tab, answer: string): Promise<void> {
  await tab.press(answer);
  await tab.page.waitForSelector('form[action="/amp/sign-out"]');
}

async function jarOf({ page }: Tab): Promise<Jar> {
  return new Map((await page.browserContext().cookies()).map(({ name, value }) => [name, value]));
}

const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + lateMs });

describe('the AMP account in a browser', () => {
  let tab: Tab;
  let tokens: Awaited<ReturnType<Awaited<ReturnType<typeof authorize>>['exchange']>>;
  const isOpen = async () => identity.signIns.findBySession(String(decodeJwt(tokens.access_token)['sid'])) !== undefined;
  it('shows where one is signed in, ends one, and opens the Portal without questions', async () => {
    tab = await openTab(browser);
    await tab.page.goto(`${identity.url}/amp`);
    expect(await tab.heading()).toBe('Sign in');
    await signIn(tab);
    await stay(tab, 'No');
    expect(await tab.text()).toContain(person.username);
    expect(await tab.text()).toContain('portal-terminal/0.1.0');
    await expectWell(tab, 'amp-en');
    await tab.press('Cymraeg');
    await expectWell(tab, 'amp-cy');
    await tab.press('English');
    expect((await authorize(identity.url, await jarOf(tab))).to.searchParams.get('code')).not.toBeNull();
    const rows = async () => (await tab.page.$$('ul.plain > li')).length;
    await tab.page.goto(`${identity.url}/amp`);
    const before = await rows();
    await tab.press('End');
    expect(await rows()).toBe(before - 1);
    tokens = await (await authorize(identity.url, await jarOf(tab))).exchange();
  });

  it('sets up an app with a picture, and shows recovery codes once', async () => {
    await tab.press('Set up codes');
    await expectWell(tab, 'amp-totp-en');
    const secret = (await tab.page.$eval('.typed', (element) => element.textContent ?? '')).replaceAll(' ', '');
    await tab.type('code', '000000');
    await tab.press('Confirm');
    expect(await tab.text()).toContain('The code is not right');
    await tab.type('code', '12');
    await tab.press('Confirm');
    expect(await tab.text()).toContain('The code has six digits.');
    await expectWell(tab, 'amp-totp-wrong-en');
    await tab.type('code', codeOf(secret));
    await tab.press('Confirm');
    expect(await tab.heading()).toBe('Your recovery codes');
    await expectWell(tab, 'amp-recovery-en');
    const codes = () => tab.page.$$eval('.typed', (all) => all.map((one) => one.textContent));
    const shownOnce = await codes();
    await tab.page.reload();
    await tab.press('Cymraeg');
    expect(await codes()).toEqual(shownOnce);
    await tab.press('English');
    await tab.press('Continue');
    await tab.page.goto(`${identity.url}/amp/recovery`);
    expect(await tab.heading()).toBe('AMP account');
    expect(await tab.text()).toContain('Codes of an authenticator app');
    // A quarter of an hour later whoever goes on proves it first.
    lateMs = 16 * 60_000;
    await tab.press('Pair an Authenticator');
    expect(await tab.heading()).toBe('Sign in again first');
    await expectWell(tab, 'amp-again-en');
    await tab.press('Sign in');
    await signIn(tab);
    await tab.type('code', codeOf(secret));
    await tab.submit();
    await stay(tab, 'No');
    // In place of the one before, and with what that had opened.
    expect((await tab.text()).match(/Chrome/g)).toHaveLength(1);
    await tab.press('Pair an Authenticator');
    await expectWell(tab, 'amp-app-en');
    const address = () => tab.page.$eval('main code', (element) => element.textContent);
    const pairing = await address();
    await tab.page.reload();
    expect(await address()).toBe(pairing);
    await tab.press('Cymraeg');
    expect(await tab.text()).not.toContain('yn Saesneg yn unig');
    expect(await address()).toBe(pairing);
    await tab.press('English');
    await tab.press('Continue');
    await expectWell(tab, 'amp-factors-en');
  });

  it('sets up codes by SMS', async () => {
    await tab.press('Set up codes by SMS');
    await expectWell(tab, 'amp-phone-en');
    await tab.type('phone', '07700 900067');
    await tab.press('Send a code');
    expect(await tab.text()).toContain('not a telephone number with the code of its country');
    await tab.type('phone', '+44 7700 900067');
    await tab.press('Send a code');
    expect(await tab.text()).toContain('••67');
    await expectWell(tab, 'amp-sms-en');
    const sent = lastSms(identity);
    await tab.page.reload();
    expect(lastSms(identity)).toBe(sent);
    await tab.type('code', sent);
    await tab.press('Confirm');
    expect(await tab.text()).toContain('Codes sent by SMS');
  });

  it('takes no form that is not its own', async () => {
    const jar = await jarOf(tab);
    const token = await tab.page.$eval('[name=form]', (field) => (field as HTMLInputElement).value);
    const send = async (cookies: Jar, form: string, headers: Record<string, string> = {}) => {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      const body = new URLSearchParams({ form });
      return (await fetch(`${identity.url}/amp/sign-out`, { method: 'POST', body, headers: { cookie, ...headers }, redirect: 'manual' })).status;
    };
    const without = new Map([...jar].filter(([name]) => name !== 'portal_form'));
    expect(await send(jar, '')).toBe(403);
    expect(await send(jar, 'x'.repeat(token.length))).toBe(403);
    expect(await send(without, token)).toBe(403);
    expect(await send(new Map([...jar, ['portal_form', 'A'.repeat(43)]]), token)).toBe(403);
    expect(await send(jar, token, { origin: 'https://example.org' })).toBe(403);
    expect(await send(jar, token, { origin: 'null' })).toBe(403);
    expect(await send(jar, token, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await send(jar, token, { 'sec-fetch-site': 'same-site' })).toBe(403);
    // From a page elsewhere, as a browser sends it: nothing happens.
    const elsewhere = await tab.page.browserContext().newPage();
    await elsewhere.goto(`data:text/html,<form method=post action="${identity.url}/amp/sign-out"><input name=form value="${token}"><button>x</button></form>`);
    await Promise.all([elsewhere.waitForNavigation(), elsewhere.click('button')]);
    expect(await elsewhere.$eval('h1', (element) => element.textContent)).toBe('There is a problem');
    await elsewhere.close();
    await tab.page.goto(`${identity.url}/amp`);
    expect(await tab.heading()).toBe('AMP account');
    // The control: the same form, sent as our own page sends it.
    expect(await isOpen()).toBe(true);
    const [left] = await Promise.all([tab.page.waitForResponse(`${identity.url}/amp/sign-out`), tab.press('Sign out')]);
    expect(await tab.heading()).toBe('You are signed out');
    expect(left.headers()['clear-site-data']).toBe('"cache", "storage"');
    expect([...(await jarOf(tab)).keys()].filter((name) => name.startsWith('_session'))).toEqual([]);
    expect(await isOpen()).toBe(false);
    await expectWell(tab, 'amp-signed-out-en');
    await tab.page.goto(`${identity.url}/amp`);
    expect(await tab.heading()).toBe('Sign in');
  });
});
