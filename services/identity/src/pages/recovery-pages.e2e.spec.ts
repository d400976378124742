import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'puppeteer-core';
import { authorize } from '../testing/amp.js';
import { openBrowser, openTab } from '../testing/browser.js';
import { newPerson } from '../testing/factors.js';
import { expectWell } from '../testing/looked-at.js';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';

let identity: RunningIdentity;
let browser: Browser;
beforeAll(async () => void ([identity, browser] = await Promise.all([runIdentity(), openBrowser()])));
afterAll(async () => {
  await browser.close();
  await identity.stop();
});

const NEW = 'ffenestr las lydan 9';

function mailedCode(): string {
  const lines = readFileSync(join(identity.folder, 'mail-outbox.jsonl'), 'utf8').trim().split('\n');
  return /Code: ([\d ]+)/.exec((JSON.parse(lines.at(-1) ?? '') as { text: string }).text)?.[1] ?? '';
}

describe('a forgotten password in a browser', () => {
  it('is chosen anew with a code by mail, and the sign-in that was left goes on', async () => {
    const person = await newPerson(identity, { email: 'person@example.org' });
    const tab = await openTab(browser);
    await tab.page.goto(`${identity.url}/amp`);
    await tab.type('username', person.username);
    await tab.press('Next');
    await tab.press('Forgotten my password');
    await expectWell(tab, 'recovery-name-en');
    await tab.press('Cymraeg');
    await expectWell(tab, 'recovery-name-cy');
    await tab.press('English');
    await tab.press('Next');
    expect(await tab.text()).toContain('Enter your email address or phone number first.');
    await tab.type('username', person.username);
    await tab.press('Next');
    await expectWell(tab, 'recovery-password-en');
    // The step stays where it is loaded again, and in the other language.
    const letters = readFileSync(join(identity.folder, 'mail-outbox.jsonl'), 'utf8');
    await tab.page.reload();
    await tab.press('Cymraeg');
    expect(await tab.heading()).toBe('Cyfrinair newydd');
    await tab.press('English');
    expect(await tab.heading()).toBe('New password');
    expect(readFileSync(join(identity.folder, 'mail-outbox.jsonl'), 'utf8')).toBe(letters);
    expect(tab.page.url()).toMatch(/\/recovery\/code\?from=[\w-]+&lang=en$/);
    const answers = [['', NEW, 'Enter the code first.'], ['12', NEW, 'has eight digits'], ['0000 0000', 'short', 'at least twelve'], ['0000 0000', NEW, 'The code is not right'], [mailedCode(), 'password1234', 'Many people use']];
    for (const [code = '', password = '', words = ''] of answers) {
      await tab.type('code', code);
      await tab.type('password', password);
      await tab.press('Change password');
      expect(await tab.text()).toContain(words);
      expect(await tab.page.content()).not.toContain(password);
    }
    await expectWell(tab, 'recovery-wrong-en');
    await tab.type('code', mailedCode());
    await tab.type('password', NEW);
    await tab.press('Change password');
    expect(await tab.heading()).toBe('Your password is changed');
    await expectWell(tab, 'recovery-done-en');
    await tab.page.reload();
    expect(await tab.heading()).toBe('Your password is changed');
    await tab.press('Sign in');
    await tab.type('password', NEW);
    await tab.press('Sign in');
    expect(await tab.heading()).toBe('Stay signed in?');
  });

  it('leads nowhere but to a sign-in here, and answers a name that there is not like any other', async () => {
    const tab = await openTab(browser);
    for (const from of ['//example.org', 'https://example.org', '../x', '"><b>']) {
      await tab.page.goto(`${identity.url}/recovery?${new URLSearchParams({ from })}`);
      expect(await tab.page.$$eval('main a', (links) => links.map((one) => one.getAttribute('href')))).toEqual([]);
    }
    await tab.type('username', 'nobody@example.org');
    await tab.press('Next');
    expect(await tab.heading()).toBe('New password');
    const { to } = await authorize(identity.url, new Map());
    await tab.page.goto(`${identity.url}/recovery?from=${to.pathname.split('/')[2] ?? ''}`);
    expect(await tab.page.$$eval('main a', (links) => links.map((one) => one.getAttribute('href')))).toEqual([to.pathname]);
  });
});
