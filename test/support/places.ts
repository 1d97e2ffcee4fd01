import type { FrameLocator, Locator, Page } from 'playwright-core';
import { app } from './browser-stage';

/** The pages of the app in a tab, and what is found in them. */
export const panel = (page: Page) => app(page, 'issue-panel');
export const dialog = (page: Page) => app(page, 'dialogs');
export const manage = (page: Page) => app(page, 'manage-repositories');
export const settings = (page: Page) => app(page, 'user-settings');
export const press = (scope: FrameLocator, name: string) => scope.getByRole('button', { name }).first().click();
export const flag = (page: Page, words: string) => page.getByText(words).first().waitFor();
export const isShown = async (one: Locator) => (await one.count()) > 0;
export const hasCard = (page: Page, title: string) =>
  isShown(panel(page).getByRole('listitem').filter({ hasText: title }));
export const row = (scope: FrameLocator, name: string) => scope.getByRole('row', { name: new RegExp(name) });

/** An action for an integration. */
export async function takeFromMenu(page: Page, integration: string, item: string): Promise<void> {
  await press(manage(page), `Actions for ${integration}`);
  // With many rows the menu is below the window, where a click of Playwright's does not scroll to.
  await manage(page).getByRole('menuitem', { name: item }).press('Enter');
}
