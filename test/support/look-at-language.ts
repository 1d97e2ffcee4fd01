import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityViolations } from './axe';
import { languages } from './languages';

/** The width of a small phone, in pixels. */
export const NARROW = 320;

/** English sentences as on a page, except those that the language quotes from a service's own pages. */
function foreignTo(locale: string): string[] {
  const whole = (of: string) =>
    Object.values(languages.find((one) => one.locale === of)?.messages ?? {}).filter((one) => typeof one === 'string');
  const own = whole(locale).join('\n');
  return whole('en-US').filter((sentence) => !sentence.includes('{') && sentence.length > 6 && !own.includes(sentence));
}

/**
 * Stops at a page of the app: it declares its language, holds no English sentence, is no wider than the screen, and axe finds
 * nothing wrong. With `JOURNEY_PICTURES=FOLDER` it is photographed.
 */
export async function lookAtLanguage(page: Page, resource: string, locale: string, name: string): Promise<void> {
  const html = page.frameLocator(`iframe[data-resource="${resource}"]`).locator('html');
  expect(await html.getAttribute('lang')).toBe(locale);
  // Atlaskit's select has fixed words for loading and emptiness, heard and not seen: `static/shared/select-speech.ts`.
  const heard = await html.locator('#aria-results').allInnerTexts();
  const text = heard.reduce((all, words) => all.replace(words, ''), await html.innerText());
  expect(foreignTo(locale).filter((sentence) => text.includes(sentence))).toEqual([]);
  const { needed, there } = await html.evaluate((element) => ({
    needed: element.scrollWidth,
    there: element.clientWidth,
  }));
  expect(needed).toBeLessThanOrEqual(there);
  expect(there).toBeLessThanOrEqual(NARROW);
  expect(await accessibilityViolations(page)).toEqual([]);
  const folder = process.env['JOURNEY_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${locale}-${name}.png`), fullPage: true });
}
