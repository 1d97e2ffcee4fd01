import type { Page } from 'playwright-core';
import { ruledByColour } from '../axe';
import { openStage, type Stage } from '../browser-stage';
import { prepare, type Made } from '../../../rig/states/prepared';
import { paint, walkThrough, type Walk } from '../../../rig/states/walk';
import { statesWorld } from '../../../rig/states/world';

export type States = {
  /** Takes a walk and checks every state on it with axe, in light and in dark. */
  check(walk: Walk): Promise<void>;
};

/**
 * Opens the stage for the tests of a file. It exists only while they run. After them, whichever ran: no state broke the content
 * security policy, and no credential is left.
 */
export function useStates(): States {
  let stage: Stage;
  let made: Made;
  let tab: Page;
  beforeAll(async () => {
    stage = await openStage({ world: statesWorld, looksOften: true });
    made = await prepare({ url: stage.sandbox.url, services: stage.sandbox.services });
    tab = await stage.newPage();
    // Input of the walk before can be dropped.
    tab.on('dialog', (dialog) => void dialog.accept());
  });
  afterAll(async () => {
    try {
      stage.secrets.push(...made.secrets);
      // CodeCommit keeps the secrets of its keys: signatures are made of them.
      await stage.expectNothingLeft(/^services\/\d+-codecommit\//);
    } finally {
      await stage.close();
    }
  });

  async function look(page: Page, name: string, narrow: boolean): Promise<void> {
    await paint(page, 'light');
    await stage.inspect(page, name);
    await paint(page, 'dark');
    await stage.inspect(page, `${name}-dark`, ruledByColour);
    if (narrow) expect({ [name]: await tooWide(page) }).toEqual({ [name]: [] });
  }
  return {
    check: (walk) =>
      walkThrough(walk, { page: tab, url: stage.sandbox.url, made }, (name) => look(tab, name, walk.narrow === true)),
  };
}

/** Walks by the names of their states. */
export function named(walks: readonly Walk[]): [string, Walk][] {
  return walks.map((walk) => [walk.stops.map(({ name }) => name).join(', '), walk]);
}

/** Frames that have to be scrolled sideways. */
async function tooWide(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames().slice(1)) {
    const [needed, there] = await frame.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth] as const;
    });
    if (needed > there) found.push(`${frame.url()} needs ${needed} of ${there}`);
  }
  return found;
}
