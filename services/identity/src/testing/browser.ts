/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** A real browser without a head, for tests of pages: no script runs, and whatever the policy forbids is noted. */
import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

export interface Tab {
  readonly page: Page;
  /** What the page's policy stopped, and scripts and requests that failed. */
  readonly complaints: readonly string[];
  readonly heading: () => Promise<string>;
  readonly text: () => Promise<string>;
  readonly type: (field: string, text: string) => Promise<void>;
  /** Presses what says that, and waits for the page that comes. */
  readonly press: (text: string) => Promise<void>;
  /** Presses the first button, whatever it says. */
  readonly submit: () => Promise<void>;
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function openBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('there is no browser: `npm test` brings one');
  return puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** Each has its own cookies. */
export async function openTab(browser: Browser, language = 'en-GB'): Promise<Tab> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  // What the browser only tells of, as that it cleared what it was asked to, is no complaint.
  page.on('console', (message) => void (message.type() !== 'info' && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(String(error)));
  await page.setJavaScriptEnabled(false);
  // As narrow as a page must work.
  await page.setViewport({ width: 320, height: 640 });
  await page.setExtraHTTPHeaders({ 'accept-language': language });
  page.setDefaultTimeout(15_000);
  const go = async (selector: string): Promise<void> => {
    const target = await page.waitForSelector(selector);
    await Promise.all([page.waitForNavigation(), target?.click()]);
  };
  return {
    page,
    complaints,
    heading: () => page.$eval('h1', (element) => element.textContent ?? ''),
    text: () => page.$eval('body', (element) => element.innerText),
    type: async (field, text) => {
      await page.$eval(`main [name=${field}]`, (element) => void ((element as HTMLInputElement).value = ''));
      await page.type(`main [name=${field}]`, text);
    },
    press: (text) => go(`::-p-xpath(//button[contains(., "${text}")] | //a[contains(., "${text}")])`),
    submit: () => go('main form button'),
  };
}
