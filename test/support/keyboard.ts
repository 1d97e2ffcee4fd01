import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';

type Key = 'Enter' | 'Space' | 'Escape' | 'Tab' | 'Shift+Tab' | 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight';

/** A person without a mouse: controls are only reached with Tab and used with keys. */
export type Keyboard = {
  page: Page;
  press(key: Key): Promise<void>;
  /** Presses Tab until the control has the focus, and checks that this is visible. Rejects when Tab never gets there. */
  reach(control: Locator): Promise<void>;
  /** Reaches a button or link and presses it. */
  push(control: Locator, key?: 'Enter' | 'Space'): Promise<void>;
  /** Reaches a field and types into it, in place of what it held. */
  write(field: Locator, text: string): Promise<void>;
  /** Reaches a list that is searched, types, and takes the option with the arrow keys. */
  choose(scope: FrameLocator, field: string, option: string, typed?: string): Promise<void>;
  /** Opens a menu and takes one of its items with the arrow keys. */
  pick(scope: FrameLocator | Page, menu: Locator, item: string): Promise<void>;
};

const mostPresses = 150;
/** Far longer than any machine needs: it only ends an endless wait. */
const FAR_MS = 60_000;

/** Blocks mouse and touch on all pages of the context; `tried` gets every try. */
export async function refuseTheMouse(context: BrowserContext, tried: (what: string) => void): Promise<void> {
  await context.exposeBinding('mouseWasTried', (_, what: string) => tried(what));
  await context.addInitScript(() => {
    const told = globalThis as unknown as { mouseWasTried: (what: string) => void };
    const refuse = (event: Event) => {
      // A key that presses a button makes a click as well, one of no clicks.
      if (!event.isTrusted || (event.type === 'click' && (event as MouseEvent).detail === 0)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      told.mouseWasTried(`${event.type} on ${(event.target as Element).outerHTML.slice(0, 80)}`);
    };
    for (const type of ['pointerdown', 'mousedown', 'touchstart', 'click'])
      window.addEventListener(type, refuse, { capture: true });
  });
}

/** `patience`: ms until a focus must be visible. */
export function keyboardOf(page: Page, patience = FAR_MS): Keyboard {
  const press = (key: Key) => page.keyboard.press(key);

  async function reach(control: Locator): Promise<void> {
    const before = await control.evaluate(looks);
    for (let presses = 0; presses <= mostPresses; presses += 1) {
      if (await hasFocus(control)) return presses === 0 ? undefined : expectSeen(control, before, patience);
      await press('Tab');
    }
    const passed = new Set<string>();
    for (let presses = 0; presses < 40; presses += 1) {
      await press('Tab');
      passed.add(await focusedName(page));
    }
    throw new Error(`Tab never came to ${String(control)}. It came to: ${[...passed].join(' | ')}`);
  }

  return {
    page,
    press,
    reach,
    push: async (control, key = 'Enter') => {
      await reach(control);
      await press(key);
    },
    write: async (field, text) => {
      await reach(field);
      await page.keyboard.press('ControlOrMeta+a');
      await (text === '' ? page.keyboard.press('Delete') : page.keyboard.type(text));
    },
    choose: async (scope, field, option, typed = option.split('/').at(-1) ?? '') => {
      const list = scope.getByRole('combobox', { name: field });
      await reach(list);
      await page.keyboard.type(typed);
      const wanted = scope.getByRole('option', { name: option }).first();
      await wanted.waitFor();
      // The list from before the search is gone, so nothing moves any more.
      const others = scope.locator('[role="option"]').filter({ hasNotText: new RegExp(typed, 'i') });
      await others.first().waitFor({ state: 'detached' });
      await arrowTo(
        page,
        async () => (await list.getAttribute('aria-activedescendant')) === (await wanted.getAttribute('id')),
      );
      await press('Enter');
    },
    pick: async (scope, menu, item) => {
      await reach(menu);
      await press('Enter');
      const wanted = scope.getByRole('menuitem', { name: item, exact: true });
      await wanted.waitFor();
      await arrowTo(page, () => hasFocus(wanted));
      await press('Enter');
    },
  };
}

async function arrowTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error('The arrow keys never came there.');
}

/** The control, in its page, in the window. */
function hasFocus(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement && document.hasFocus());
}

/** Waits for the focus: it comes back a moment after a dialog has closed. */
export async function expectFocus(control: Locator): Promise<void> {
  const until = Date.now() + FAR_MS;
  while (!(await hasFocus(control))) {
    if (Date.now() > until)
      throw new Error(`${String(control)} did not get the focus; ${await focusedName(control.page())} has it.`);
    await control.page().waitForTimeout(25);
  }
}

/** Waits until a screen reader would have said it: it is in an alert, a status or another live region. */
export async function expectAnnounced(scope: FrameLocator | Page, words: string | RegExp): Promise<void> {
  const live = scope.locator('[role="alert"], [role="status"], [aria-live="polite"], [aria-live="assertive"]');
  await live.filter({ hasText: words }).first().waitFor({ state: 'attached' });
}

/** Waits until a part around the control looks different from before: transitions of colours take a moment. */
async function expectSeen(control: Locator, before: string, patience: number): Promise<void> {
  const until = Date.now() + patience;
  while ((await control.evaluate(looks)) === before) {
    if (Date.now() > until) throw new Error(`Nobody sees that ${String(control)} has the focus.`);
    await control.page().waitForTimeout(25);
  }
}

/** How a control and what is close around it is drawn. Runs in the page. */
function looks(control: Element): string {
  const near = new Set<Element>([control, ...[...(control.parentElement?.querySelectorAll('*') ?? [])].slice(0, 40)]);
  for (let above = control.parentElement, level = 0; above && level < 4; above = above.parentElement, level += 1)
    near.add(above);
  return [...near]
    .flatMap((one) => ['', '::before', '::after'].map((part) => getComputedStyle(one, part || undefined)))
    .map((style) => [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.stroke].join())
    .join('\n');
}

/** The focused element as text, searched through all frames. */
async function focusedName(page: Page): Promise<string> {
  for (const frame of page.frames().toReversed()) {
    const name = await frame
      .evaluate(() => {
        const { activeElement: has } = document;
        if (!document.hasFocus() || !has || has === document.body || has instanceof HTMLIFrameElement) return undefined;
        return `${has.tagName.toLowerCase()} ${has.getAttribute('aria-label') ?? has.textContent?.trim().slice(0, 40) ?? ''}`;
      })
      .catch(() => undefined);
    if (name !== undefined) return name;
  }
  return 'nothing';
}
