import type { Page } from 'playwright-core';
import { saveToken } from './connected';
import type { Write } from './ways-out';
import { flag, type Ground, hasCard, isShown, issueKey, panel, press, row, settings } from './writes';

/** Something that is written as soon as it is chosen: there is no form to leave. */
export type ActAtOnce = Pick<Write, 'name' | 'call' | 'as' | 'path' | 'prepare' | 'done'> & {
  act: (page: Page, round: string) => Promise<unknown>;
  told: (page: Page) => Promise<unknown>;
  refused: (page: Page) => Promise<unknown>;
};

/** Every such act; `ground` is there once they are tried. */
export function actsAtOnce(ground: () => Ground): readonly ActAtOnce[] {
  const alice = (surface: 'issue-context' | 'user-settings', call: string, payload: object = {}) =>
    ground().stage.sandbox.invoke('alice', surface, call, { issueKey, ...payload });
  const busy = "Jira's storage for this site is busy";
  return [
    {
      as: 'alice',
      path: '/browse/DEMO-1',
      name: 'Detach',
      call: 'detach-work',
      prepare: async () => {
        const { stage, gitHub, token } = ground();
        await saveToken(stage, 'alice', gitHub, token);
        await alice('issue-context', 'attach-address', { address: 'https://github.com/acme/web/tree/release/1.0' });
      },
      act: async (page) => {
        await press(panel(page), 'Actions for release/1.0');
        await panel(page).getByRole('menuitem', { name: 'Detach from DEMO-1' }).press('Enter');
      },
      told: (page) => flag(page, 'Detached from DEMO-1'),
      refused: (page) => flag(page, busy),
      done: async (page) => {
        const { value } = await alice('issue-context', 'load-issue');
        return {
          page: !(await hasCard(page, 'release/1.0')),
          storage: !value.cards.some((card: { title: string }) => card.title === 'release/1.0'),
        };
      },
    },
    {
      as: 'alice',
      path: '/settings/personal',
      name: 'Clear default',
      call: 'clear-default',
      prepare: () => alice('issue-context', 'save-default', { integrationId: ground().gitHub, repository: 'acme/web' }),
      act: (page) => press(settings(page), 'Clear default for DEMO'),
      told: (page) => row(settings(page), 'Demo shop.*acme/web').waitFor({ state: 'detached' }),
      refused: (page) => settings(page).getByRole('alert').filter({ hasText: busy }).waitFor(),
      done: async (page) => {
        const { value } = await ground().stage.sandbox.invoke('alice', 'user-settings', 'load-user-settings');
        return {
          page: !(await isShown(row(settings(page), 'Demo shop.*acme/web'))),
          storage: !value.defaults.some((one: { repository?: object }) => one.repository !== undefined),
        };
      },
    },
  ];
}
