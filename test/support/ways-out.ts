import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { app } from './browser-stage';

/** Whether it was done, by the page, the app's storage and, if involved, git. */
type Truths = Readonly<Record<string, boolean>>;

/** All ways out of a form. */
export const exits = {
  Cancel: (form: FrameLocator) => form.getByRole('button', { name: 'Cancel' }).last().click({ force: true }),
  x: (form: FrameLocator) => form.getByRole('button', { name: 'Close', exact: true }).click({ force: true }),
  Esc: (form: FrameLocator) => form.locator('body').press('Escape'),
  'a press beside it': (_: FrameLocator, page: Page) => page.mouse.click(5, 500),
  'another part of the page': (form: FrameLocator) =>
    form.getByRole('button', { name: 'Activity' }).click({ force: true }),
} as const;
type Exit = keyof typeof exits;

/** A write of a person, in a dialog or in a form of a page. `round`: a unique word for each time. */
export type Write = {
  name: string;
  /** The call that is waited for. */
  call: string;
  as: string;
  path: string;
  surface: Parameters<typeof app>[1];
  /** Makes it possible again after any earlier write. */
  prepare: (round: string) => Promise<unknown>;
  /** From the page to the form, filled so that it can be sent. */
  open: (page: Page, round: string) => Promise<unknown>;
  submit: (form: FrameLocator) => Locator;
  /** Checks the outcome at the place where the person is then. */
  told: (page: Page, round: string) => Promise<unknown>;
  done: (page: Page, round: string) => Promise<Truths>;
  exits: readonly Exit[];
  /** *Cancel* leads one step back, to the form before. */
  cancelGoesBack?: true;
};
