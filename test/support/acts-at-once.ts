import type { Page } from 'playwright-core';
import { saveToken } from './connected';
import { dialog, flag, hasCard, isShown, manage, panel, press, row, settings, takeFromMenu } from './places';
import { choose } from './steps';
import type { Write } from './ways-out';
import { type Ground, issueKey } from './writes';

/** Something that is written as soon as it is chosen: there is no form to leave. */
export type ActAtOnce = Pick<Write, 'name' | 'call' | 'as' | 'path' | 'prepare' | 'done'> & {
  act: (page: Page, round: string) => Promise<unknown>;
  told: (page: Page, round: string) => Promise<unknown>;
  refused: (page: Page) => Promise<unknown>;
};

/** Every such act; `ground` is there once they are tried. */
export function actsAtOnce(ground: () => Ground): readonly ActAtOnce[] {
  const alice = (surface: 'issue-context' | 'user-settings', call: string, payload: object = {}) =>
    ground().stage.sandbox.invoke('alice', surface, call, { issueKey, ...payload });
  const ada = (call: string, payload: object = {}) =>
    ground().stage.sandbox.invoke('ada', 'manage-repositories', call, { ...payload });
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
    {
      as: 'alice',
      path: '/browse/DEMO-1',
      name: 'Make default',
      call: 'save-default',
      prepare: () => alice('issue-context', 'clear-default', { cleared: { of: 'project' } }),
      act: async (page) => {
        await press(panel(page), 'Create branch');
        await choose(dialog(page), 'Repository', 'acme/web');
        await press(dialog(page), 'Make default repository: acme/web');
      },
      told: (page) => dialog(page).getByRole('button', { name: 'Clear default repository: acme/web' }).waitFor(),
      refused: (page) => dialog(page).getByText(`Not saved: ${busy}`).waitFor(),
      done: async (page) => {
        const { value } = await alice('issue-context', 'load-issue');
        return {
          page: await isShown(dialog(page).getByRole('button', { name: 'Clear default repository: acme/web' })),
          storage: value.defaults.repository !== undefined,
        };
      },
    },
    {
      as: 'ada',
      path: '/settings/apps',
      name: 'Enable',
      call: 'switch-integration',
      prepare: async (round) => {
        const credential = { kind: 'token', token: await ground().stage.sandbox.newToken('acme-bot') };
        const options = { name: `waking-${round}`, owners: ['acme'], requireUserPat: false, projects: ['OPS'] };
        const { value } = await ada('add-integration', { edition: 'github.com', credential, ...options });
        await ada('switch-integration', { id: value.integration.id, enabled: false });
      },
      act: (page, round) => takeFromMenu(page, `waking-${round}`, 'Enable'),
      told: (page, round) => flag(page, `waking-${round} is enabled`),
      refused: (page) => flag(page, busy),
      done: async (page, round) => {
        const { value } = await ada('load-site');
        const stored = value.integrations.find((one: { name: string }) => one.name === `waking-${round}`);
        return {
          page: await isShown(row(manage(page), `waking-${round}.*Connected`)),
          storage: stored.status === 'connected',
        };
      },
    },
  ];
}
