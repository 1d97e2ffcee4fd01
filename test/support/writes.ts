import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FrameLocator, Page } from 'playwright-core';
import type { Stage } from './browser-stage';
import { connectGitHub, connectGitLab, newGitLabToken, saveToken } from './connected';
import { dialog, flag, hasCard, isShown, manage, panel, press, row, settings, takeFromMenu } from './places';
import { choose } from './steps';
import type { Write } from './ways-out';

export const issueKey = 'DEMO-1';
const inDialog = { surface: 'dialogs', exits: ['Cancel', 'x', 'Esc', 'a press beside it'] } as const;
const onIssue = { as: 'alice', path: '/browse/DEMO-1', ...inDialog } as const;
const ofToken = { as: 'alice', path: '/settings/personal', ...inDialog } as const;
const askedByAdmin = { as: 'ada', path: '/settings/apps', ...inDialog } as const;
const ofAdmin = {
  as: 'ada',
  path: '/settings/apps',
  surface: 'manage-repositories',
  exits: ['Cancel', 'another part of the page'],
} as const;

const submits = (label: string) => (form: FrameLocator) => form.locator('button[type=submit]', { hasText: label });

async function openBranchForm(page: Page, round: string): Promise<void> {
  await press(panel(page), 'Create branch');
  await choose(dialog(page), 'Repository', 'acme/web');
  await dialog(page).getByLabel('Branch name').fill(`DEMO-1-${round}`);
}

/** The ground of the writes: two connected services, and a token of alice's. */
export type Ground = { stage: Stage; gitHub: string; gitLab: string; token: string };

export async function groundOf(stage: Stage): Promise<Ground> {
  const gitHub = await connectGitHub(stage);
  const gitLab = await connectGitLab(stage);
  return { stage, gitHub, gitLab, token: await stage.sandbox.newToken('alice') };
}

/** Every write that a dialog or a page waits for; `ground` exists once they are tried. */
export function writesOn(ground: () => Ground): readonly Write[] {
  const sandbox = () => ground().stage.sandbox;
  const asAlice = (call: string, payload: object) =>
    sandbox().invoke('alice', 'issue-context', call, { issueKey, ...payload });
  const asAda = (call: string, payload: Record<string, unknown>) =>
    sandbox().invoke('ada', 'manage-repositories', call, payload);
  const makeBranch = async (name: string) => {
    await storeToken('');
    const web = { integrationId: ground().gitHub, repository: 'acme/web' };
    await asAlice('create-branch', { ...web, sourceBranch: 'main', name });
  };
  const site = async () => (await asAda('load-site', {})).value;
  const integration = async (name: string) =>
    (await site()).integrations.find((one: { name: string }) => one.name === name);
  const isStored = async (title: string) =>
    (await asAlice('load-issue', {})).value.cards.some((card: { title: string }) => card.title === title);
  const own = async () => (await sandbox().invoke('alice', 'user-settings', 'load-user-settings')).value;
  const tokenOf = async (id: string) =>
    (await own()).integrations.find((one: { id: string }) => one.id === id).attribution.token;
  const isInGit = async (branch: string) => {
    const address = `${sandbox().services.replace('http://', `http://alice:${ground().token}@`)}/github.com/acme/web.git`;
    const { stdout } = await promisify(execFile)('git', ['ls-remote', '--heads', address]);
    return stdout.includes(`refs/heads/${branch}\n`);
  };
  const connectOneMore = async (name: string) => {
    const credential = { kind: 'token', token: await sandbox().newToken('acme-bot') };
    const options = { name, owners: ['acme'], requireUserPat: false, projects: ['OPS'] };
    await asAda('add-integration', { edition: 'github.com', credential, ...options });
  };
  const savedBefore = new Map<string, string>();
  const storeToken = async (round: string) => {
    const { stage, gitHub, token } = ground();
    await saveToken(stage, 'alice', gitHub, token);
    savedBefore.set(round, (await tokenOf(gitHub)).savedAt);
  };
  const isNewer = async (id: string, round: string) => (await tokenOf(id))?.savedAt !== savedBefore.get(round);

  return [
    {
      ...onIssue,
      name: 'Create branch',
      call: 'create-branch',
      prepare: storeToken,
      open: openBranchForm,
      submit: submits('Create branch'),
      told: (page, round) => flag(page, `DEMO-1-${round} in acme/web`),
      done: async (page, round) => ({
        page: await hasCard(page, `DEMO-1-${round}`),
        storage: await isStored(`DEMO-1-${round}`),
        git: await isInGit(`DEMO-1-${round}`),
      }),
    },
    {
      ...onIssue,
      name: 'Create branch, and take the issue',
      call: 'create-branch',
      prepare: storeToken,
      open: async (page, round) => {
        await openBranchForm(page, `mine-${round}`);
        await dialog(page).getByRole('checkbox', { name: 'Assign to me' }).check();
      },
      submit: submits('Create branch'),
      told: (page) => flag(page, 'Assigned to you.'),
      done: async (page, round) => ({
        page: await hasCard(page, `DEMO-1-mine-${round}`),
        storage: await isStored(`DEMO-1-mine-${round}`),
        git: await isInGit(`DEMO-1-mine-${round}`),
      }),
    },
    {
      ...onIssue,
      name: 'Create pull request',
      call: 'create-pull-request',
      prepare: (round) => makeBranch(`feature/${round}`),
      open: async (page, round) => {
        await press(panel(page), 'Create pull request');
        await choose(dialog(page), 'Repository', 'acme/web');
        await dialog(page).getByRole('combobox', { name: 'Source branch' }).fill('develop');
        await dialog(page).getByRole('option', { name: 'develop' }).first().click();
        await choose(dialog(page), 'Target branch', `feature/${round}`);
      },
      submit: submits('Create pull request'),
      told: (page) => flag(page, 'Pull request created'),
      done: async (page, round) => ({
        page: await hasCard(page, `Merge develop to feature/${round}`),
        storage: await isStored(`DEMO-1: Merge develop to feature/${round}`),
      }),
    },
    {
      ...onIssue,
      name: 'Delete branch',
      call: 'delete-branch',
      prepare: (round) => makeBranch(`DEMO-1-gone-${round}`),
      open: async (page, round) => {
        await press(panel(page), `Actions for DEMO-1-gone-${round}`);
        await panel(page).getByRole('menuitem', { name: 'Delete branch' }).click();
      },
      submit: submits('Delete branch'),
      told: (page) => flag(page, 'Branch deleted'),
      done: async (page, round) => ({
        page: !(await hasCard(page, `DEMO-1-gone-${round}`)),
        storage: !(await isStored(`DEMO-1-gone-${round}`)),
        git: !(await isInGit(`DEMO-1-gone-${round}`)),
      }),
    },
    {
      ...onIssue,
      name: 'Attach',
      call: 'attach-address',
      prepare: async (round) => {
        await storeToken(round);
        await asAlice('detach-work', { integrationId: ground().gitHub, repository: 'acme/web', branch: 'release/1.0' });
      },
      open: async (page) => {
        await press(panel(page), 'Attach');
        const address = dialog(page).getByLabel('Search, or paste an address');
        await address.fill('https://github.com/acme/web/tree/release/1.0');
      },
      submit: submits('Attach'),
      told: (page) => flag(page, 'Attached to DEMO-1'),
      done: async (page) => ({
        page: await hasCard(page, 'release/1.0'),
        storage: await isStored('release/1.0'),
      }),
    },
    {
      ...onIssue,
      name: 'the token form inside Create branch',
      call: 'save-token',
      prepare: storeToken,
      open: async (page) => {
        await press(panel(page), 'Create branch');
        await choose(dialog(page), 'Repository', 'acme/web');
        await press(dialog(page), 'Replace token');
        await dialog(page)
          .getByLabel('Personal access token', { exact: true })
          .fill(await sandbox().newToken('alice'));
      },
      submit: submits('Update'),
      cancelGoesBack: true,
      told: async (page) => {
        await dialog(page).getByText('Your token is saved').waitFor();
        await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
      },
      done: async (_, round) => ({ storage: await isNewer(ground().gitHub, round) }),
    },
    {
      ...ofToken,
      name: 'the token form',
      call: 'save-token',
      prepare: storeToken,
      open: async (page) => {
        await press(settings(page), 'Edit your PAT for acme-github');
        await dialog(page)
          .getByLabel('Personal access token', { exact: true })
          .fill(await sandbox().newToken('alice'));
      },
      submit: submits('Update'),
      told: (page) => flag(page, 'Your token is saved'),
      done: async (_, round) => ({ storage: await isNewer(ground().gitHub, round) }),
    },
    {
      ...ofToken,
      name: 'Renew token',
      call: 'renew-token',
      prepare: async (round) => {
        const { stage, gitLab } = ground();
        await saveToken(stage, 'alice', gitLab, await newGitLabToken(stage, 'alice'));
        savedBefore.set(round, (await tokenOf(gitLab)).savedAt);
      },
      open: (page) => press(settings(page), 'Edit your PAT for acme-gitlab'),
      submit: (form) => form.getByRole('button', { name: 'Renew token' }),
      told: (page) => flag(page, 'Your token is renewed'),
      done: async (_, round) => ({ storage: await isNewer(ground().gitLab, round) }),
    },
    {
      ...ofToken,
      name: 'Remove your token',
      call: 'remove-token',
      prepare: storeToken,
      open: async (page) => {
        await press(settings(page), 'Edit your PAT for acme-github');
        await press(dialog(page), 'Remove');
      },
      submit: submits('Remove'),
      cancelGoesBack: true,
      told: (page) => flag(page, 'Your token was removed'),
      done: async (page) => ({
        page: await isShown(settings(page).getByRole('button', { name: 'Set up your PAT for acme-github' })),
        storage: (await tokenOf(ground().gitHub)) === undefined,
      }),
    },
    {
      ...ofToken,
      name: 'a default in the settings',
      call: 'save-default',
      surface: 'user-settings',
      exits: ['Cancel'],
      prepare: () =>
        sandbox().invoke('alice', 'user-settings', 'clear-default', { projectKey: 'DEMO', cleared: { of: 'project' } }),
      open: async (page) => {
        await press(settings(page), 'Add default repository');
        await choose(settings(page), 'Project', 'Demo shop');
        await choose(settings(page), 'Repository', 'acme/web');
      },
      submit: submits('Save'),
      told: (page) => row(settings(page), 'Demo shop.*acme/web').waitFor(),
      done: async (page) => ({
        page: await isShown(row(settings(page), 'Demo shop.*acme/web')),
        storage: (await own()).defaults.some((one: { repository?: object }) => one.repository !== undefined),
      }),
    },
    {
      ...askedByAdmin,
      name: 'Disconnect',
      call: 'disconnect-integration',
      prepare: (round) => connectOneMore(`leaving-${round}`),
      open: (page, round) => takeFromMenu(page, `leaving-${round}`, 'Disconnect'),
      submit: submits('Disconnect'),
      told: (page, round) => flag(page, `leaving-${round} is disconnected`),
      done: async (page, round) => ({
        page: !(await isShown(row(manage(page), `leaving-${round}`))),
        storage: (await integration(`leaving-${round}`))?.status !== 'connected',
      }),
    },
    {
      ...askedByAdmin,
      name: 'Disable',
      call: 'switch-integration',
      prepare: (round) => connectOneMore(`resting-${round}`),
      open: (page, round) => takeFromMenu(page, `resting-${round}`, 'Disable'),
      submit: submits('Disable'),
      told: (page, round) => flag(page, `resting-${round} is disabled`),
      done: async (page, round) => ({
        page: await isShown(row(manage(page), `resting-${round}.*Disabled`)),
        storage: (await integration(`resting-${round}`)).status === 'disabled',
      }),
    },
    {
      ...ofAdmin,
      name: 'an integration that is added',
      call: 'add-integration',
      exits: ['Cancel'],
      prepare: async () => undefined,
      open: async (page, round) => {
        await press(manage(page), 'Add new integration');
        await manage(page).getByRole('button', { name: 'GitLab', exact: true }).click();
        await manage(page)
          .getByLabel('Personal access token', { exact: true })
          .fill(await newGitLabToken(ground().stage, 'acme-bot'));
        await press(manage(page), 'Test connection');
        await manage(page).getByLabel('Display name').fill(`added-${round}`);
      },
      submit: submits('Add integration'),
      told: (page, round) => flag(page, `added-${round} is connected`),
      done: async (page, round) => ({
        page: await isShown(row(manage(page), `added-${round}`)),
        storage: (await integration(`added-${round}`)) !== undefined,
      }),
    },
    {
      ...ofAdmin,
      name: 'an integration that is edited',
      call: 'update-integration',
      exits: ['Cancel'],
      prepare: (round) => connectOneMore(`edited-${round}`),
      open: async (page, round) => {
        await takeFromMenu(page, `edited-${round}`, 'Edit integration settings');
        await manage(page).getByLabel('Display name').fill(`renamed-${round}`);
      },
      submit: submits('Update'),
      told: (page, round) => flag(page, `renamed-${round} was updated`),
      done: async (page, round) => ({
        page: await isShown(row(manage(page), `renamed-${round}`)),
        storage: (await integration(`renamed-${round}`)) !== undefined,
      }),
    },
    {
      ...ofAdmin,
      name: 'the switches of the site',
      call: 'save-site-settings',
      prepare: () => asAda('save-site-settings', { requireUserPat: false }),
      open: async (page) => {
        await press(manage(page), 'Integrations');
        await manage(page).getByRole('checkbox', { name: 'Require User PAT for all integrations' }).check();
      },
      submit: (form) => form.getByRole('form', { name: /whole site|Site-wide/ }).locator('button[type=submit]'),
      told: (page) => flag(page, 'Settings updated'),
      done: async (page) => ({
        page: await isShown(row(manage(page), 'acme-github.*On')),
        storage: (await site()).settings.requireUserPat === true,
      }),
    },
    {
      ...ofAdmin,
      name: 'Branch names',
      call: 'save-branch-name-rule',
      prepare: () => asAda('save-branch-name-rule', { template: '${issuekey}', separator: '-', maxBytes: 100 }),
      open: async (page, round) => {
        await press(manage(page), 'Branch names');
        await manage(page).getByLabel('Template').fill(`\${issuekey}/${round}`);
      },
      submit: submits('Update'),
      told: (page) => flag(page, 'Branch names updated'),
      done: async (_, round) => ({ storage: (await site()).branchName.template === `\${issuekey}/${round}` }),
    },
    {
      ...ofAdmin,
      name: 'Token rules',
      call: 'save-token-rules',
      prepare: () => asAda('save-token-rules', { rules: null }),
      open: async (page) => {
        await press(manage(page), 'Token rules');
        await manage(page).getByLabel('Longest lifetime, in days (optional)').fill('3000');
      },
      submit: submits('Save rules'),
      told: (page) => flag(page, 'The rules are saved'),
      done: async () => ({ storage: (await site()).tokenRules?.maxDays === 3000 }),
    },
    {
      ...ofAdmin,
      name: 'tokens that are removed from people',
      call: 'remove-tokens',
      // *Cancel* becomes *Stop*.
      exits: ['another part of the page'],
      prepare: storeToken,
      open: async (page) => {
        await press(manage(page), 'People and tokens');
        await manage(page).getByRole('checkbox', { name: 'Choose Alice Developer, acme-github' }).check();
        await press(manage(page), 'Remove 1 token');
        await manage(page).getByLabel('Reason').fill('It was in a log.');
      },
      submit: (form) => form.getByRole('status').getByRole('button', { name: 'Remove 1 token' }),
      told: (page) => flag(page, '1 token is removed'),
      done: async () => ({ storage: (await tokenOf(ground().gitHub)) === undefined }),
    },
    {
      ...onIssue,
      name: 'Attach, by a search',
      call: 'attach-branch',
      prepare: async (round) => {
        await storeToken(round);
        await asAlice('detach-work', { integrationId: ground().gitHub, repository: 'acme/web', branch: 'release/1.0' });
      },
      open: async (page) => {
        await press(panel(page), 'Attach');
        await dialog(page).getByLabel('Search, or paste an address').fill('release');
        await choose(dialog(page), 'Search in one repository (optional)', 'acme/web');
        await dialog(page)
          .getByRole('radio', { name: /^release/ })
          .check();
      },
      submit: submits('Attach'),
      told: (page) => flag(page, 'Attached to DEMO-1'),
      done: async (page) => ({ page: await hasCard(page, 'release/1.0'), storage: await isStored('release/1.0') }),
    },
  ];
}
