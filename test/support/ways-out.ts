import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { app } from './browser-stage';

/** What the page, the app's storage and, where it has a part in it, git say now: whether it was done. */
type Truths = Readonly<Record<string, boolean>>;

/** Each way out of a form that there is. */
export const exits = {
  Cancel: (form: FrameLocator) => form.getByRole('button', { name: 'Cancel' }).last().click({ force: true }),
  x: (form: FrameLocator) => form.getByRole('button', { name: 'Close', exact: true }).click({ force: true }),
  Esc: (form: FrameLocator) => form.locator('body').press('Escape'),
  'a press beside it': (_: FrameLocator, page: Page) => page.mouse.click(5, 500),
  'another part of the page': (form: FrameLocator) =>
    form.getByRole('button', { name: 'Activity' }).click({ force: true }),
} as const;
type Exit = keyof typeof exits;

/** Something a person writes, in a dialog or in a form of a page. `round`: a word of its own for each time. */
export type Write = {
  name: string;
  /** The call that is waited for. */
  call: string;
  as: string;
  path: string;
  surface: Parameters<typeof app>[1];
  /** So that it can be done, whatever was done before. */
  prepare: (round: string) => Promise<unknown>;
  /** From the page to the form, filled so that it can be sent. */
  open: (page: Page, round: string) => Promise<unknown>;
  submit: (form: FrameLocator) => Locator;
  /** Says how it ended, where the person is then. */
  told: (page: Page, round: string) => Promise<unknown>;
  done: (page: Page, round: string) => Promise<Truths>;
  exits: readonly Exit[];
  /** *Cancel* leads one step back, to the form it was opened from. */
  cancelGoesBack?: true;
};
