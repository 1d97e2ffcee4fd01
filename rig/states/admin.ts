import { choose, type Ground, stop, type Walk } from './walk.ts';
import { sites } from './world.ts';

const page = { at: '/settings/apps', as: 'ada', site: sites.busy };

async function list({ admin }: Ground): Promise<void> {
  await admin
    .getByRole('row', { name: /acme-github/ })
    .getByRole('button', { name: /Actions/ })
    .waitFor();
}

async function edit(ground: Ground, integration: string, item = 'Edit integration settings'): Promise<void> {
  await list(ground);
  await ground.admin.getByRole('button', { name: `Actions for ${integration}` }).click();
  await ground.admin.getByRole('menuitem', { name: item }).click();
}

const button = ({ admin }: Ground, name: string) => admin.getByRole('button', { name, exact: true });
const box = ({ admin }: Ground, name: string) => admin.getByRole('checkbox', { name, exact: true });

async function openTitles({ admin }: Ground): Promise<void> {
  const summary = admin.getByText('Titles of single integrations');
  await summary.click();
  await admin.getByLabel('Title in acme-github').fill('${issuekey}: ${summary}');
  await admin.getByText('Example: DEMO-1: ').last().scrollIntoViewIfNeeded();
}

/** *Manage Git repositories*, but for the wizard. */
export const adminWalks: readonly Walk[] = [
  {
    ...page,
    unanswered: true,
    stops: [
      stop('admin-loading', ({ admin }) => admin.getByRole('status', { name: 'Loading the integrations' }).waitFor()),
    ],
  },
  {
    ...page,
    takenFor: 'bob',
    stops: [
      stop('admin-no-admin', async ({ admin }) => {
        await admin.getByText('This page is for Jira admins').waitFor();
        await admin.getByText('To change something here').waitFor();
      }),
    ],
  },
  {
    ...page,
    site: sites.empty,
    stops: [
      stop('admin-empty', ({ admin }) => admin.getByText('No git service is connected yet').waitFor()),
      stop('activity-empty', async (ground) => {
        await button(ground, 'Activity').click();
        await ground.admin.getByText('No activity yet').waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('manage-repositories', list),
      stop('admin-menu', async ({ admin }) => {
        await admin.getByRole('button', { name: 'Actions for acme-github' }).click();
        await admin.getByRole('menuitem', { name: 'Disconnect' }).waitFor();
      }),
      stop('admin-disconnect', async ({ admin, dialog }) => {
        await admin.getByRole('menuitem', { name: 'Disconnect' }).click();
        await dialog.getByRole('heading', { name: 'Disconnect acme-github' }).waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('activity', async (ground) => {
        await button(ground, 'Activity').click();
        await ground.admin.getByRole('table', { name: 'Activity, newest first' }).getByRole('row').nth(3).waitFor();
        await ground.admin.getByRole('combobox', { name: 'Action' }).waitFor();
      }),
      stop('activity-filter', async ({ admin }) => {
        await admin.getByRole('combobox', { name: 'Person' }).click();
        await admin.getByRole('option', { name: 'Bob Developer' }).waitFor();
      }),
      stop('activity-no-match', async ({ admin }) => {
        await choose(admin, 'Person', 'Bob Developer');
        await choose(admin, 'Outcome', 'Failed');
        await admin.getByText('No entries match this filter.').waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('admin-no-match', async (ground) => {
        await list(ground);
        await ground.admin.getByLabel('Search integrations').fill('nothing like this');
        await ground.admin.getByText(/^No integration .*nothing like this/).waitFor();
      }),
      stop('admin-whole-site', async (ground) => {
        await ground.admin.getByLabel('Search integrations').fill('');
        await box(ground, 'Require User PAT for all integrations').check();
        await ground.admin.getByText('Who this affects').waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('disable', async (ground) => {
        await edit(ground, 'acme-gitlab', 'Disable');
        await ground.dialog.getByRole('heading', { name: 'Disable acme-gitlab' }).waitFor();
      }),
      stop('admin-disabled', async (ground) => {
        await ground.dialog.getByRole('button', { name: 'Disable', exact: true }).click();
        await ground.page.getByText('acme-gitlab is disabled').first().waitFor();
        await ground.admin.getByRole('row', { name: /acme-gitlab.*Disabled/ }).waitFor();
      }),
      stop('edit-disabled', async (ground) => {
        await edit(ground, 'acme-gitlab');
        await ground.admin.getByText('This integration is disabled.').waitFor();
      }),
      stop('admin-enabled', async (ground) => {
        await button(ground, 'Cancel').click();
        await edit(ground, 'acme-gitlab', 'Enable');
        await ground.page.getByText('acme-gitlab is enabled').first().waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('edit-integration', async (ground) => {
        await edit(ground, 'acme-gitlab');
        await ground.admin.getByRole('heading', { name: 'Projects', exact: true }).waitFor();
      }),
      stop('edit-require', async (ground) => {
        await box(ground, 'Require User PAT').check();
        await ground.admin.getByText('Who this affects').waitFor();
      }),
      stop('edit-announcement', async ({ admin }) => {
        await admin
          .getByText(/acted without a token/)
          .first()
          .waitFor();
        await admin.getByText('A text to announce it').click();
        await admin.locator('details[open] input').waitFor();
      }),
      stop('edit-projects', async (ground) => {
        await box(ground, 'Available to all projects').uncheck();
        await ground.admin.getByRole('combobox', { name: 'Projects that may use it' }).click();
        await ground.admin.getByRole('option', { name: /Demo shop/ }).waitFor();
      }),
      stop('edit-missing', async (ground) => {
        await ground.admin.getByLabel('Display name').fill('');
        await button(ground, 'Update').click();
        await ground.admin.getByText('Enter a name.').waitFor();
      }),
      stop('edit-replace', async (ground) => {
        await button(ground, 'Replace credential').click();
        await ground.admin.getByLabel('Personal access token', { exact: true }).waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('edit-name-taken', async (ground) => {
        await edit(ground, 'acme-gitlab');
        await ground.admin.getByLabel('Display name').fill('acme-github');
        await button(ground, 'Update').click();
        await ground.admin.getByText('This name is taken').waitFor();
      }),
    ],
  },
  {
    ...page,
    site: sites.strict,
    stops: [
      stop('edit-require-anyway', async (ground) => {
        await edit(ground, 'old-tfs');
        await box(ground, 'Require User PAT').click();
        await button(ground, 'Require anyway').waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('branch-names', async (ground) => {
        await button(ground, 'Branch names').click();
        await ground.admin.getByText('DEMO-1-login-fails-after-password-reset').waitFor();
      }),
      stop('branch-names-wrong', async (ground) => {
        await ground.admin.getByLabel('Template').fill('${issuetype}/${summary}');
        await ground.admin.getByText('${issuekey} is missing.').waitFor();
      }),
      stop('branch-names-titles', openTitles),
    ],
  },
  {
    ...page,
    stops: [
      stop('token-rules', async (ground) => {
        await button(ground, 'Token rules').click();
        await ground.admin.getByLabel('Longest lifetime, in days (optional)').fill('30');
        await ground.admin
          .getByText(/break(s)? (them|these rules)/)
          .first()
          .waitFor();
      }),
      stop('token-rules-wrong', async (ground) => {
        await ground.admin.getByLabel('Longest lifetime, in days (optional)').fill('soon');
        await ground.admin.getByText('Enter a whole number of days.').first().waitFor();
      }),
    ],
  },
  {
    ...page,
    narrow: true,
    stops: [
      stop('admin-narrow', list),
      stop('token-rules-narrow', async (ground) => {
        await button(ground, 'Token rules').click();
        await button(ground, 'Save rules').waitFor();
      }),
      stop('branch-names-narrow', async (ground) => {
        await button(ground, 'Branch names').click();
        await button(ground, 'Reset to default').waitFor();
      }),
      stop('activity-narrow', async (ground) => {
        await button(ground, 'Activity').click();
        await ground.admin.getByRole('combobox', { name: 'Action' }).waitFor();
        await ground.admin.getByText('No more entries.').waitFor();
      }),
      // Last: a form with changes is left with a question.
      stop('branch-names-titles-narrow', async (ground) => {
        await button(ground, 'Branch names').click();
        await openTitles(ground);
      }),
    ],
  },
];
