import { expect } from '@jest/globals';
import { accessibilityProblems } from './accessible.js';
import type { Tab } from './browser.js';

/** As a person with a screen reader, a narrow window or another choice of colours would; with a picture where one is wanted. */
export async function expectWell({ page, complaints }: Tab, name: string): Promise<void> {
  expect([name, await accessibilityProblems(page)]).toEqual([name, []]);
  // Refused ones are answered as such, and the browser says so; whoever types at once has the focus already.
  const told = complaints.filter((text) => !/status of (400|401|403|404|422|429)|^Autofocus processing was blocked/.test(text));
  expect([name, told]).toEqual([name, []]);
  const folder = process.env['PORTAL_SCREENSHOTS'];
  if (folder === undefined) return;
  for (const [width, height] of [[320, 640], [900, 800]] as const) {
    await page.setViewport({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewport({ width: 320, height: 640 });
}
