/// <reference lib="dom" />
import type { Page } from 'puppeteer-core';

/** What is wrong with the page for somebody who hears it, sees little, uses the keyboard or a narrow screen. Empty: nothing. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  const colours = [];
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    colours.push(...(await page.evaluate(contrastProblems)).map((problem) => `${scheme}: ${problem}`));
  }
  return [...(await page.evaluate(structureProblems)), ...colours];
}

/** Runs in the page, as the next one does: each stands alone. */
function structureProblems(): string[] {
  const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];
  const problems: string[] = [];
  if (all('h1').length !== 1) problems.push(`${all('h1').length} h1`);
  if (all('main').length !== 1) problems.push('no single main');
  if (!/^(en|cy)$/.test(document.documentElement.lang)) problems.push('no lang');
  if (document.title.length < 5) problems.push('no title');
  if (all('script, [style], [onclick], img:not([alt])').length > 0) problems.push('script, style in place or picture without words');
  for (const input of all('input:not([type=hidden], [hidden]), select, textarea')) {
    const label = document.querySelector(`label[for="${input.id}"]`);
    if (input.id === '' || (label?.textContent ?? '').trim() === '') problems.push(`no label: ${input.outerHTML}`);
  }
  for (const deed of all('button, a')) if ((deed.textContent ?? '').trim() === '') problems.push(`no words: ${deed.outerHTML}`);
  for (const svg of all('svg')) if (!svg.closest('[role=img][aria-label]')) problems.push('a drawing without words');
  const ids = all('[id]').map((element) => element.id);
  if (new Set(ids).size !== ids.length) problems.push('an id twice');
  for (const link of all('a[href^="#"]')) if (!document.getElementById((link.getAttribute('href') ?? '').slice(1))) problems.push('a link to nothing');
  for (const described of all('[aria-describedby]')) {
    if (!document.getElementById(described.getAttribute('aria-describedby') ?? '')) problems.push('described by nothing');
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) problems.push(`${scrollWidth} wide at ${clientWidth}`);
  if (all('[tabindex]').length > 0) problems.push('an order of focus of its own');
  return problems;
}

function contrastProblems(): string[] {
  const parsed = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = parsed(colour).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element: Element | null): string => {
    for (let at = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (parsed(backgroundColor)[3] !== 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const hasText = (element: Element): boolean => [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '');
  const problems: string[] = [];
  for (const element of [...document.querySelectorAll('body *')].filter(hasText)) {
    const [a, b] = [light(getComputedStyle(element).color), light(groundOf(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) problems.push(`${ratio.toFixed(2)}:1 at ${element.tagName} "${(element.textContent ?? '').slice(0, 30)}"`);
  }
  return problems;
}
