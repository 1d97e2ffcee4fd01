import type { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The rule by which axe tells of frames it could not look into. */
const untested = 'frame-tested';

/** The rules whose answer depends on colours: a second look at the same page in other colours needs no more. */
export const ruledByColour = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong with a page (of `browser.newContext()`) and its frames, one line per rule; empty when all is well. axe-core takes its
 * surroundings from `window` or a top-level `this`, and a transformed module has neither: it is lent one while it loads. `rules`: only
 * these; all when left out.
 */
export async function accessibilityViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const scope = globalThis as { window?: unknown };
  scope.window = {};
  let builder: typeof AxeBuilder;
  try {
    builder = (await import('@axe-core/playwright')).AxeBuilder;
  } finally {
    delete scope.window;
  }
  const look = () => {
    const axe = new builder({ page });
    return (rules === undefined ? axe : axe.withRules([...rules, untested])).analyze();
  };
  // axe leaves out a frame that does not answer within a second, and says so: on a busy machine it is asked again.
  let { violations, incomplete } = await look();
  for (let tries = 1; tries < 12 && incomplete.some(({ id }) => id === untested); tries += 1)
    ({ violations, incomplete } = await look());
  if (incomplete.some(({ id }) => id === untested)) throw new Error('A frame was not looked at');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
