import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** The rules about colours: a second look at the same page in other colours needs only these. */
export const ruledByColour = ['color-contrast', 'link-in-text-block'];

/** Rules about a whole page. As in axe, the first ones are met when any frame meets them, and the others matter in the top frame only. */
const ruledByAnyFrame = ['bypass', 'landmark-one-main', 'page-has-heading-one'];
const ruledByTopFrame = ['document-title', 'region'];

/** The kinds of documents that can be checked. */
export const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Axe's violations in a page and its frames, one line per rule and frame. Each frame gets an axe of its
 * own: one axe for all of them pings each frame, gives it a second to answer, and on a busy machine leaves it out. `rules`: only these;
 * all by default.
 */
export async function accessibilityViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const found: { frame: Frame; violations: Violation[] }[] = [];
  for (const frame of page.frames()) found.push({ frame, violations: await violationsIn(frame, rules) });
  const isInAll = (id: string) => found.every(({ violations }) => violations.some((violation) => violation.id === id));
  return found.flatMap(({ frame, violations }) =>
    violations
      .filter(({ id }) => !ruledByAnyFrame.includes(id) || (frame === page.mainFrame() && isInAll(id)))
      .filter(({ id }) => !ruledByTopFrame.includes(id) || frame === page.mainFrame())
      .map(({ id, html }) => `${id}: ${html}`),
  );
}

type Violation = { id: string; html: string };
/** A checked window: its axe, and its earlier answer. */
type Looked = { axe: typeof axe; answers?: Record<string, Violation[]> };

async function violationsIn(frame: Frame, rules: readonly string[] | undefined): Promise<Violation[]> {
  await frame.waitForLoadState();
  // A document that was checked before has axe: to evaluate half a megabyte takes longer than the second look.
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeSource);
  return frame.evaluate(
    async (only) => {
      // A colour on its way to another is no colour of the page. Waiting would be in vain where a frame reaches beyond what is seen: Chromium
      // does not start a transition there.
      const moving = document
        .getAnimations()
        .filter(({ effect, playState }) => playState === 'running' && effect?.getTiming().iterations !== Infinity);
      for (const animation of moving) animation.finish();
      const { axe: inFrame, answers = {} } = window as unknown as Looked;
      // A window that did not change since an earlier look, such as an issue behind its dialog, has the same answer.
      const asked = JSON.stringify([only, innerWidth, innerHeight, document.documentElement.outerHTML]);
      const run = async () => {
        const { violations } = await inFrame.run(document, {
          iframes: false,
          resultTypes: ['violations'],
          ...(only && { runOnly: { type: 'rule', values: only } }),
        });
        return violations.map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html).join(' ') }));
      };
      const found = (answers[asked] ??= await run());
      Object.assign(window, { answers });
      return found;
    },
    rules && [...rules],
  );
}
