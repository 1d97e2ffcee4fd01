import type { FrameLocator, Page } from 'playwright-core';
import type { Made } from './prepared.ts';

/** The place of a walk: the page, the app's pages in it, and the data prepared for all walks. */
export type Ground = {
  page: Page;
  panel: FrameLocator;
  dialog: FrameLocator;
  settings: FrameLocator;
  admin: FrameLocator;
  made: Made;
  /** The page gets no answer to this call; without a name, to any call. */
  hold: (call?: string) => Promise<void>;
  /** GitHub misbehaves until the walk ends: `sandbox/services/faults.ts`. */
  arm: (fault: Record<string, unknown>) => Promise<void>;
};

/** A state of the product: the name of its picture, and the way from the stop before. */
export type Stop = { name: string; reach: (ground: Ground) => Promise<unknown> };

/** A page that is opened, and the states on the way from there. */
export type Walk = {
  at: string;
  as: string;
  site: string;
  stops: readonly Stop[];
  /** The person whose rights count, as if rights were removed while the page is open. */
  takenFor?: string;
  /** No request of the page's start is ever answered. */
  unanswered?: true;
  /** 320 pixels. */
  narrow?: true;
};

export function stop(name: string, reach: Stop['reach']): Stop {
  return { name, reach };
}

const sizes = { usual: { width: 1200, height: 760 }, narrow: { width: 320, height: 760 } };

/** Walks from stop to stop in a tab, also in a used one; `look` runs at each. */
export async function walkThrough(
  walk: Walk,
  { page, url, made }: { page: Page; url: string; made: Made },
  look: (stop: string) => Promise<void>,
): Promise<void> {
  const frame = (resource: string) => page.frameLocator(`iframe[data-resource="${resource}"]`);
  const ground: Ground = {
    page,
    panel: frame('issue-panel'),
    dialog: frame('dialogs'),
    settings: frame('user-settings'),
    admin: frame('manage-repositories'),
    made,
    hold: (call) => holdCalls(page, call),
    arm: made.arm,
  };
  try {
    await page.setViewportSize(walk.narrow ? sizes.narrow : sizes.usual);
    // The pointer is on nothing.
    await page.mouse.move(0, 0);
    if (walk.takenFor !== undefined) await takeFor(page, walk.takenFor);
    if (walk.unanswered) await ground.hold();
    // One walk after the other makes more calls in a minute than a person may.
    await fetch(`${url}/sandbox/forget`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ site: walk.site, prefix: 'pace:' }),
    });
    await page.goto(`${url}${walk.at}?as=${walk.as}&site=${walk.site}`);
    for (const { name, reach } of walk.stops) {
      await reach(ground);
      await look(name);
    }
  } finally {
    await page.unrouteAll();
    await made.disarm();
  }
}

type Asked = { as: string; command: string; payload?: { functionKey?: string } };

async function holdCalls(page: Page, call: string | undefined): Promise<void> {
  await page.route('**/sandbox/bridge', async (route) => {
    const { command, payload } = route.request().postDataJSON() as Asked;
    // Never answered, until the page is closed.
    if (command === 'invoke' && (call === undefined || payload?.functionKey === call)) return;
    await route.fallback();
  });
}

async function takeFor(page: Page, person: string): Promise<void> {
  await page.route('**/sandbox/bridge', async (route) => {
    const asked = route.request().postDataJSON() as Asked;
    await route.fallback({ postData: JSON.stringify({ ...asked, as: person }) });
  });
}

/** Light or dark, as Jira tells the pages in its frames: without a click, which would close what is open. */
export async function paint(page: Page, mode: 'light' | 'dark'): Promise<void> {
  for (const frame of page.frames())
    await frame.evaluate((chosen) => void (document.documentElement.dataset['colorMode'] = chosen), mode);
}

/** Takes an option of a list that is searched. */
export async function choose(scope: FrameLocator, field: string, option: string): Promise<void> {
  await scope.getByRole('combobox', { name: field }).fill(option.split('/').at(-1) ?? '');
  await scope.getByRole('option', { name: option }).first().click();
}

/** Every card of the panel, once all services have answered. */
export async function showAllCards({ panel }: Ground): Promise<void> {
  await panel.locator('summary').waitFor();
  const more = panel.getByRole('button', { name: /See \d+ more/ });
  if ((await more.count()) > 0) await more.click();
}

/** Opens one of Jira's own menus on the issue. */
export async function fromTheMenu({ page }: Ground, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
