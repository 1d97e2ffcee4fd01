import type { FrameLocator, Page } from 'playwright-core';

type Stage = { page: Page; frame: (resource: string) => FrameLocator; newToken: () => Promise<string> };

/** A picture: the page it begins on, and what is done there until everything worth seeing stands still. */
export type Scene = { name: string; at: string; act: (stage: Stage) => Promise<void> };

async function panelOf({ frame }: Stage): Promise<FrameLocator> {
  const panel = frame('issue-panel');
  await panel.getByText('DEMO-1-reproduce').waitFor();
  await panel.getByText('DEMO-1: Merge develop to main').waitFor();
  return panel;
}

async function choose(scope: FrameLocator, field: string, option: string): Promise<void> {
  await scope.getByRole('combobox', { name: field }).fill(option.split('/').at(-1) ?? '');
  await scope.getByRole('option', { name: option }).first().click();
}

async function createBranch(stage: Stage): Promise<FrameLocator> {
  const panel = await panelOf(stage);
  await panel.getByRole('button', { name: 'Create branch' }).click();
  const dialog = stage.frame('dialogs');
  await choose(dialog, 'Repository', 'acme/web');
  await dialog.getByText('main', { exact: true }).first().waitFor();
  return dialog;
}

async function manage({ frame }: Stage): Promise<FrameLocator> {
  const admin = frame('manage-repositories');
  await admin.getByRole('row', { name: /acme-github/ }).waitFor();
  return admin;
}

async function settings({ frame }: Stage): Promise<FrameLocator> {
  const page = frame('user-settings');
  await page.getByRole('row', { name: /acme-github/ }).waitFor();
  await page.getByRole('heading', { name: 'Default branch' }).waitFor();
  return page;
}

const asAlice = '/browse/DEMO-1?as=alice';
const asBob = '/browse/DEMO-1?as=bob';
const asAdmin = '/settings/apps?as=ada';

/** Every main state of the three surfaces. */
export const scenes: readonly Scene[] = [
  { name: 'issue-panel', at: asAlice, act: async (stage) => void (await panelOf(stage)) },
  {
    name: 'create-branch',
    at: asAlice,
    act: async (stage) => (await createBranch(stage)).getByText(/alice on GitHub/).waitFor(),
  },
  {
    name: 'token-required',
    at: asBob,
    act: async (stage) => (await createBranch(stage)).getByRole('heading', { name: 'Personal Access Token' }).waitFor(),
  },
  {
    name: 'token-in-place',
    at: asBob,
    act: async (stage) => {
      const dialog = await createBranch(stage);
      await dialog.getByRole('button', { name: 'Set up your personal access token' }).click();
      await dialog.getByRole('textbox', { name: 'Personal access token' }).waitFor();
    },
  },
  {
    name: 'create-pull-request',
    at: asAlice,
    act: async (stage) => {
      const panel = await panelOf(stage);
      await panel.getByRole('button', { name: 'Create pull request' }).first().click();
      const dialog = stage.frame('dialogs');
      await choose(dialog, 'Repository', 'acme/web');
      await choose(dialog, 'Source branch', 'DEMO-1-reproduce');
      await choose(dialog, 'Target branch', 'main');
      await dialog.getByText(/alice on GitHub/).waitFor();
    },
  },
  {
    name: 'delete-branch',
    at: asAlice,
    act: async (stage) => {
      const panel = await panelOf(stage);
      await panel.getByRole('button', { name: 'Actions for DEMO-1-reproduce', exact: true }).click();
      await panel.getByRole('menuitem', { name: 'Delete branch' }).click();
      await stage.frame('dialogs').getByRole('button', { name: 'Delete branch' }).waitFor();
    },
  },
  { name: 'user-settings', at: '/settings/personal?as=alice', act: async (stage) => void (await settings(stage)) },
  {
    name: 'token-dialog',
    at: '/settings/personal?as=bob',
    act: async (stage) => {
      const page = await settings(stage);
      await page
        .getByRole('row', { name: /acme-github/ })
        .getByRole('button', { name: 'Set up your PAT' })
        .click();
      await stage.frame('dialogs').getByRole('textbox', { name: 'Personal access token' }).waitFor();
    },
  },
  { name: 'manage-repositories', at: asAdmin, act: async (stage) => void (await manage(stage)) },
  {
    name: 'add-integration',
    at: asAdmin,
    act: async (stage) => {
      const admin = await manage(stage);
      await admin.getByRole('button', { name: 'Add new integration' }).click();
      await admin.getByRole('radio', { name: 'GitHub', exact: true }).check();
      await admin.getByLabel('Personal access token', { exact: true }).fill(await stage.newToken());
      await admin.getByRole('button', { name: 'Test connection' }).click();
      await admin.getByText('Connected as acme-bot').waitFor();
    },
  },
  {
    name: 'edit-integration',
    at: asAdmin,
    act: async (stage) => {
      const admin = await manage(stage);
      await admin
        .getByRole('row', { name: /acme-gitlab/ })
        .getByRole('button', { name: /Actions/ })
        .click();
      await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
      await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).check();
      await admin.getByText('Who has to do something').waitFor();
    },
  },
  {
    name: 'branch-names',
    at: asAdmin,
    act: async (stage) => {
      const admin = await manage(stage);
      await admin.getByRole('button', { name: 'Branch names' }).click();
      await admin.getByText('DEMO-1-login-fails-after-password-reset').waitFor();
    },
  },
  {
    name: 'activity',
    at: asAdmin,
    act: async (stage) => {
      const admin = await manage(stage);
      await admin.getByRole('button', { name: 'Activity' }).click();
      await admin.getByRole('table', { name: 'Activity, newest first' }).getByRole('row').nth(3).waitFor();
    },
  },
];
